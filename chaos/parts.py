"""The bot, Redis and Kafka of a campaign as processes, and the service manager that starts what ended by itself."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

BETWEEN_LOOKS = 0.05
# As RestartSec of a unit.
RESTART_AFTER = 1.0


@dataclass
class Part:
    name: str
    argv: list[str]
    folder: Path
    ready: Callable[[int], bool]
    wanted: bool = False
    restarts: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    ended_at: float | None = None

    def start(self) -> None:
        with (self.folder / f"{self.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.argv, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                start_new_session=True,
            )  # fmt: skip
        self.wanted = True
        self.ended_at = None

    def lives(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def is_ready(self) -> bool:
        return self.lives() and self.ready(self.process.pid)

    def send(self, number: int) -> None:
        """Popen does not signal a process that it has reaped, so the number cannot be somebody else's by now."""
        if self.process is not None:
            self.process.send_signal(number)

    def kill(self) -> None:
        self.wanted = False
        self.send(signal.SIGKILL)
        self.process.wait(timeout=30)

    def end(self, patience: float = 20.0) -> None:
        self.wanted = False
        if self.process is None:
            return
        self.send(signal.SIGCONT)
        self.send(signal.SIGTERM)
        try:
            self.process.wait(timeout=patience)
        except subprocess.TimeoutExpired:
            self.kill()


class ServiceManager:
    """Starts again what is wanted and has ended, a second later, for ever: as systemd does with Restart=always."""

    def __init__(self, parts: list[Part]) -> None:
        self.parts = parts
        self.ended: list[tuple[float, str, int]] = []  # when, which, how: ends that nobody asked for
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def begin(self) -> None:
        self._thread.start()

    def over(self) -> None:
        self._over.set()
        self._thread.join(timeout=10)

    def kill(self, part: Part) -> None:
        with self._lock:
            part.kill()

    def start(self, part: Part) -> None:
        with self._lock:
            if not part.lives():
                part.start()

    def await_ready(self, part: Part, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not part.is_ready():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{part.name} is not ready after {seconds:g} s; see {part.folder}/{part.name}.log")
            time.sleep(BETWEEN_LOOKS)

    def _watch(self) -> None:
        while not self._over.wait(BETWEEN_LOOKS):
            with self._lock:
                for part in self.parts:
                    self._look_at(part)

    def _look_at(self, part: Part) -> None:
        if not part.wanted or part.lives():
            return
        if part.ended_at is None:
            part.ended_at = time.monotonic()
            self.ended.append((time.time(), part.name, part.process.returncode))
        elif time.monotonic() - part.ended_at >= RESTART_AFTER:
            part.restarts += 1
            part.start()


def kill_process(pid: int) -> None:
    """One that is not our child: of a run."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass  # it ended by itself in this moment
