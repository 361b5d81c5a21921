"""Brings what the auditor reads into one folder: the log as Kafka has it, the brain as Redis has it."""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path

import yaml

from chaos.estate import Estate
from chaos.redis import Redis, RedisError

READ = {
    "string": ("GET",),
    "hash": ("HGETALL",),
    "list": ("LRANGE", 0, -1),
    "set": ("SMEMBERS",),
    "zset": ("ZRANGE", 0, -1, "WITHSCORES"),
    "stream": ("XRANGE", "-", "+"),
}
# Results of commits and what was said already: nothing that a promise is about.
UNREAD = ("sb:commit:", "sb:chat:")
AT_ONCE = 500
WAITING = ("Requested", "Understood", "Scheduled", "Queued", "ApprovalRequested", "ApprovalGiven", "GlassBroken", "Admitted",
           "Dispatched", "Started")  # fmt: skip


def unsettled(brain: Redis) -> list[str]:
    """What is still to happen, in words; empty where nothing is."""
    try:
        answers = brain.ask_all([*(("SCARD", f"sb:in:{kind}") for kind in WAITING), ("XLEN", "sb:outbox"), ("ZCARD", "sb:untold")])
    except (OSError, RedisError) as away:
        return [f"Redis: {away}"]
    names = [*(f"{kind} commands" for kind in WAITING), "records in the outbox", "untold commands"]
    return [f"{count} {name}" for name, count in zip(names, answers, strict=True) if count]


def await_rest(brain: Redis, meanwhile, seconds: float) -> list[str]:  # noqa: ANN001
    """Until nothing is left to happen, for so long; what is left even so. `meanwhile` is done between two looks."""
    deadline = time.monotonic() + seconds
    while (left := unsettled(brain)) and time.monotonic() < deadline:
        meanwhile()
    return left


def collect(estate: Estate) -> None:
    _dump_brain(estate.brain(), estate.place.evidence / "brain.json")
    _dump_log(estate, estate.place.evidence / "audit.log")


def _dump_brain(brain: Redis, file: Path) -> None:
    names = [name for name in brain.ask("KEYS", "sb:*") if not name.startswith(UNREAD)]
    dump: dict[str, dict] = {}
    for begin in range(0, len(names), AT_ONCE):
        some = names[begin : begin + AT_ONCE]
        kinds = brain.ask_all([("TYPE", name) for name in some])
        values = brain.ask_all([(READ[kind][0], name, *READ[kind][1:]) for name, kind in zip(some, kinds, strict=True)])
        for name, kind, value in zip(some, kinds, values, strict=True):
            pairs = kind == "hash" or kind == "zset"
            dump[name] = {"type": kind, "value": dict(zip(value[::2], value[1::2], strict=True)) if pairs else value}
    file.write_text(json.dumps(dump, indent=1, sort_keys=True) + "\n")


def _dump_log(estate: Estate, file: Path) -> None:
    program = Path(__file__).with_name("ReadLog.java")
    topic = "signalbox.audit"
    argv = ["java", "-Xmx256m", "-cp", f"{estate.build.folder}/lib/*", str(program), str(_reader(estate)), topic, str(file)]
    done = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
    if done.returncode != 0:
        raise RuntimeError(f"the log cannot be read:\n{done.stderr[-2000:]}")


def _reader(estate: Estate) -> Path:
    """The account that may read and nothing else."""
    kafka = yaml.safe_load((estate.place.parts / "ops.yml").read_text())["kafka"]
    password = Path(kafka["password-file"]).read_text().strip()
    module = "org.apache.kafka.common.security.plain.PlainLoginModule"
    lines = [
        f"bootstrap.servers={kafka['brokers']}",
        "security.protocol=SASL_PLAINTEXT",
        "sasl.mechanism=PLAIN",
        f'sasl.jaas.config={module} required username="{kafka["username"]}" password="{password}";',
    ]
    file = estate.place.parts / "reader.properties"
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write("\n".join(lines) + "\n")
    return file
