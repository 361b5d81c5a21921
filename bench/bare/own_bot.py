"""The real bot with a Redis, a Kafka and a project of its own in one folder: no sandbox, no root, nothing left behind."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import yaml

PROJECT = Path(__file__).resolve().parents[2]
SHARED = ("ansible.cfg", "callback_plugins", "libexec")
PATIENCE = 90.0


class OwnBot:
    """`catalog` is a file of commands, `programs` maps names of programs to their text."""

    def __init__(self, folder: Path, catalog: str, programs: dict[str, str]) -> None:
        self.folder = folder
        self.state = folder / "state"
        self.socket = folder / "play.sock"
        self.effects = folder / "effects"
        self.bot: subprocess.Popen[bytes] | None = None
        self._parts: list[subprocess.Popen[bytes]] = []
        self._more: tuple[str, ...] = ()
        self._java = ["java", f"@{(PROJECT / '.signalbox/app').resolve()}/java.args"]
        self._make_project(catalog, programs)
        self._ports = self._local_parts()
        self.local = yaml.safe_load((folder / "local" / "bot.yml").read_text())
        self._settings()

    @property
    def project(self) -> Path:
        return self.folder / "project"

    @property
    def redis_port(self) -> int:
        return self._ports["redis"]

    def _make_project(self, catalog: str, programs: dict[str, str]) -> None:
        for name in ("commands", "programs", "playbooks"):
            (self.project / name).mkdir(parents=True)
        (self.project / "commands" / "own.yml").write_text(catalog)
        for name, text in programs.items():
            program = self.project / "programs" / name
            program.write_text(text)
            program.chmod(0o755)
        for name in SHARED:
            source = PROJECT / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, self.project / name)

    def _local_parts(self) -> dict[str, int]:
        argv = [sys.executable, str(PROJECT / "libexec/door/local_parts.py"), str(self.folder / "local")]
        lines = subprocess.run(argv, check=True, stdout=subprocess.PIPE, text=True, timeout=60).stdout.split()
        return {name: int(port) for name, port in (line.split("=") for line in lines)}

    def _settings(self) -> None:
        people = [f"play:{name}" for name in ("anna", "bert", "carla")]
        (self.folder / "settings.yml").write_text(yaml.safe_dump({
            "demo": True,
            "state": str(self.state),
            "code": str(self.project),
            "python": str(PROJECT / ".signalbox/venv/bin/python"),
            "chat": {"play": "on", "play-socket": str(self.socket), "console": "off"},
            "gate": {"first-roles": {"admin": ["play:olga"], "deployer": people}},
            "run": {"environment": {"EFFECTS": str(self.effects)}},
        }))

    def start_parts(self) -> None:
        redis = shutil.which("redis-server", path=os.environ["PATH"] + ":/usr/sbin")
        assert redis, "redis-server is not installed"
        self._parts.append(self._start("redis", [redis, str(self.folder / "local/redis/redis.conf")]))
        broker = [*self._java, "io.signalbox.audit.broker.LocalBroker", str(self.folder / "local/kafka")]
        self._parts.append(self._start("kafka", broker))
        self._await("Redis listens", self._redis_listens)
        self._await("Kafka is ready", (self.folder / "local/kafka/ready").exists)

    def _start(self, name: str, argv: list[str]) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(argv, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def _redis_listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.redis_port), timeout=1).close()
            return True
        except OSError:
            return False

    def start_bot(self, *more: str, redis_port: int | None = None) -> None:
        """Until it is ready; `more` are its last words on the command line, the same as before where there are none."""
        self.spawn_bot(*more, redis_port=redis_port)
        self._await("the bot is ready", lambda: self._alive() and (self.state / "ready").exists())

    def spawn_bot(self, *more: str, redis_port: int | None = None) -> None:
        """Until its process is there."""
        self._more = more or self._more
        (self.state / "ready").unlink(missing_ok=True)
        uri = self.local["redis"]["uri"]
        if redis_port is not None:
            uri = urlsplit(uri)._replace(netloc=f"127.0.0.1:{redis_port}").geturl()
        settings = ["--settings", str(self.folder / "settings.yml"), "--settings", str(self.folder / "local/bot.yml")]
        argv = [*self._java, "io.signalbox.Signalbox", *settings, "--set", f"redis.uri={uri}", *self._more]
        self.bot = self._start("bot", argv)

    def _alive(self) -> bool:
        assert self.bot is not None
        if self.bot.poll() is not None:
            raise RuntimeError(f"the bot ended with {self.bot.returncode}:\n{self.log()[-3000:]}")
        return True

    def kill_bot(self) -> None:
        if self.bot is not None:
            self.bot.kill()
            self.bot.wait(30)

    def stop_bot(self) -> None:
        if self.bot is not None and self.bot.poll() is None:
            self.bot.terminate()
            self.bot.wait(30)

    def log(self) -> str:
        return (self.folder / "bot.log").read_text(errors="replace")

    def ran(self) -> list[str]:
        """What the programs wrote of themselves, in the order in which they began."""
        return self.effects.read_text().splitlines() if self.effects.exists() else []

    def audit(self, *words: str) -> subprocess.CompletedProcess[str]:
        """`audit WORD…` as the account that only reads."""
        settings = ["--settings", str(self.folder / "settings.yml"), "--settings", str(self.folder / "local/ops.yml")]
        argv = [*self._java, "io.signalbox.Signalbox", "audit", *words, *settings]
        return subprocess.run(argv, cwd=self.folder, capture_output=True, text=True, timeout=PATIENCE)

    def records(self) -> list[dict]:
        read = self.audit("tail", "--json")
        if read.returncode != 0:
            raise RuntimeError(f"the audit log cannot be read: {read.stderr[-1000:]}")
        return [json.loads(line) for line in read.stdout.splitlines()]

    def close(self) -> None:
        """Ends what was started, the bot first."""
        for process in (self.bot, *self._parts):
            if process is not None and process.poll() is None:
                process.send_signal(signal.SIGKILL)
                process.wait(30)

    @staticmethod
    def _await(what: str, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError(f"not within {PATIENCE:g} s: {what}")
            time.sleep(0.05)


class Redis:
    """A connection of the test's own: it says what the brain holds."""

    def __init__(self, port: int, password: str) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self._file = self._socket.makefile("rb")
        self.say("AUTH", password)

    def say(self, *words: str) -> object:
        self.say_raw(*words)
        return self._read()

    def line(self) -> str:
        """The next line that comes by itself, as after MONITOR."""
        return self._file.readline().decode(errors="replace")

    def say_raw(self, *words: str) -> None:
        """Without waiting for the answer."""
        encoded = [word.encode() for word in words]
        parts = b"".join(b"$%d\r\n%s\r\n" % (len(word), word) for word in encoded)
        self._socket.sendall(b"*%d\r\n%s" % (len(words), parts))

    def _read(self) -> object:
        line = self._file.readline().rstrip(b"\r\n")
        kind, rest = line[:1], line[1:]
        if kind == b"*":
            return [self._read() for _ in range(int(rest))]
        if kind == b"$":
            size = int(rest)
            return None if size < 0 else self._file.read(size + 2)[:-2].decode()
        if kind == b"-":
            raise RuntimeError(rest.decode())
        return int(rest) if kind == b":" else rest.decode()

    def close(self) -> None:
        self._file.close()
        self._socket.close()
