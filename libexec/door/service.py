"""Starts and stops what runs beside the bot (Kafka, Redis, a bot without a terminal), by process id and nothing else.

    service.py start FOLDER NAME --ready CONDITION [--within SECONDS] -- ARGV…
    service.py stop  FOLDER NAME [--within SECONDS]
    service.py claim FOLDER NAME PID      for a process that starts itself: it is NAME from now on
    service.py alive FOLDER NAME          exit 0 where it runs, else 1

FOLDER/NAME.pid holds who it is, FOLDER/NAME.log what it says. CONDITION is explained in readiness.py.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from readiness import Readiness

BETWEEN_LOOKS = 0.05
LOG_LINES_SHOWN = 15


@dataclass(frozen=True)
class Identity:
    """A process, not only its number: numbers are used again, also after a restart of the machine."""

    pid: int
    start: int
    boot: str

    @staticmethod
    def of(pid: int) -> Identity | None:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            return None
        if fields[0] in "ZX":
            return None
        return Identity(pid, int(fields[19]), Path("/proc/sys/kernel/random/boot_id").read_text().strip())


@dataclass(frozen=True)
class Service:
    folder: Path
    name: str

    @property
    def pid_file(self) -> Path:
        return self.folder / f"{self.name}.pid"

    @property
    def log_file(self) -> Path:
        return self.folder / f"{self.name}.log"

    def alive(self) -> Identity | None:
        try:
            recorded = Identity(**json.loads(self.pid_file.read_text()))
        except FileNotFoundError:
            return None
        except (ValueError, TypeError) as broken:
            sys.exit(f"{self.pid_file} does not hold a process: {broken}. Look, then remove it.")
        return recorded if Identity.of(recorded.pid) == recorded else None

    def record(self, identity: Identity) -> None:
        fresh = self.pid_file.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(identity)) + "\n")
        fresh.rename(self.pid_file)

    @contextmanager
    def alone(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / f"{self.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def start(service: Service, argv: list[str], ready: Readiness, within: float) -> None:
    with service.alone():
        running = service.alive()
        if running is None:
            running = launch(service, argv)
        await_ready(service, running, ready, time.monotonic() + within)


def launch(service: Service, argv: list[str]) -> Identity:
    # A script's background children inherit SIGINT ignored, for good: here it is made what it should be.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with service.log_file.open("ab") as log:
        child = subprocess.Popen(
            argv, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
    identity = Identity.of(child.pid)
    if identity is None:
        sys.exit(f"{service.name} ended at once with status {child.wait()}.{last_lines(service)}")
    service.record(identity)
    return identity


def await_ready(service: Service, running: Identity, ready: Readiness, deadline: float) -> None:
    while not ready.holds(running.pid):
        if Identity.of(running.pid) != running:
            sys.exit(f"{service.name} ended before it was ready.{last_lines(service)}")
        if time.monotonic() > deadline:
            sys.exit(f"{service.name} runs (process {running.pid}) but did not become ready: {ready}.{last_lines(service)}")
        time.sleep(BETWEEN_LOOKS)


def stop(service: Service, within: float) -> bool:
    with service.alone():
        running = service.alive()
        if running is not None:
            end(running, within)
        service.pid_file.unlink(missing_ok=True)
        return running is not None


def end(running: Identity, within: float) -> None:
    for number, patience in ((signal.SIGTERM, within), (signal.SIGKILL, 10.0)):
        deadline = time.monotonic() + patience
        try:
            os.kill(running.pid, number)
        except ProcessLookupError:
            return
        while Identity.of(running.pid) == running:
            if time.monotonic() > deadline:
                break
            time.sleep(BETWEEN_LOOKS)
        else:
            return
    sys.exit(f"process {running.pid} does not end, not even by SIGKILL")


def claim(service: Service, pid: int) -> None:
    with service.alone():
        running = service.alive()
        if running is not None and running.pid != pid:
            sys.exit(f"{service.name} already runs here as process {running.pid}; './signalbox stop' ends it")
        identity = Identity.of(pid)
        if identity is None:
            sys.exit(f"there is no process {pid}")
        service.record(identity)


def last_lines(service: Service) -> str:
    try:
        lines = service.log_file.read_text(errors="replace").splitlines()[-LOG_LINES_SHOWN:]
    except FileNotFoundError:
        return ""
    return "\n" + "\n".join([f"The end of {service.log_file}:", *(f"    {line}" for line in lines)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=("start", "stop", "claim", "alive"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("name")
    parser.add_argument("--ready", type=Readiness.of)
    parser.add_argument("--within", type=float, default=60.0)
    parser.add_argument("pid", type=int, nargs="?")
    words = sys.argv[1:]
    cut = words.index("--") if "--" in words else len(words)
    argv = words[cut + 1 :]
    asked = parser.parse_args(words[:cut])
    service = Service(asked.folder, asked.name)
    if asked.verb == "start":
        if asked.ready is None or not argv:
            parser.error("start needs --ready and, after --, what to start")
        start(service, argv, asked.ready, asked.within)
    elif asked.verb == "stop":
        if stop(service, asked.within):
            print(asked.name)
    elif asked.verb == "claim":
        if asked.pid is None:
            parser.error("claim needs the id of a process")
        claim(service, asked.pid)
    else:
        sys.exit(0 if service.alive() else 1)


if __name__ == "__main__":
    main()
