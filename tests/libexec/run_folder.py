"""The folder of a run, and its wrapper started as the bot starts it."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

LIBEXEC = Path(__file__).resolve().parents[2] / "libexec"
PYTHON = ["/usr/bin/python3", "-I", "-S", "-E"]
WRAPPER = [*PYTHON, str(LIBEXEC / "signalbox-run")]


def eventually(condition: Callable[[], object], what: str, seconds: float = 20.0) -> object:
    """Waits for a condition and gives its value."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if value := condition():
            return value
        time.sleep(0.01)
    raise AssertionError(f"{what}: not within {seconds:g} s")


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


@dataclass
class RunFolder:
    """The folder of one run of a Python program that may leave marks beside it."""

    path: Path
    locks: Path
    started: list[subprocess.Popen] = field(default_factory=list)

    def plan(self, program: str = "", **changes: object) -> RunFolder:
        plan = {
            "command": "k3m9xw",
            "argv": ["/usr/bin/python3", "-I", "-S", "-c", program],
            "cwd": str(self.path),
            "environment": {"PATH": "/usr/bin:/bin"},
            "lock": None,
            "locks": str(self.locks),
            "timeout_seconds": 60,
        }
        (self.path / "plan.json").write_text(json.dumps(plan | changes))
        return self

    def start(self, *arguments: str, **options: object) -> subprocess.Popen:
        process = subprocess.Popen([*WRAPPER, *arguments, str(self.path)], stderr=subprocess.PIPE, **options)
        self.started.append(process)
        return process

    def run(self) -> dict:
        process = self.start()
        assert process.wait(timeout=60) == 0, process.stderr.read()
        return self.exit()

    def cancel(self, *options: str) -> int:
        return subprocess.run([*WRAPPER, "--cancel", str(self.path), *options], timeout=60).returncode

    def record(self, name: str) -> dict | None:
        try:
            return json.loads((self.path / name).read_text())
        except FileNotFoundError:
            return None

    def exit(self) -> dict:
        return self.record("exit")

    def await_exit(self) -> dict:
        return eventually(self.exit, "exit is written")

    def text(self, name: str) -> str:
        file = self.path / name
        return file.read_text() if file.exists() else ""

    def await_text(self, name: str) -> str:
        return eventually(lambda: self.text(name), f"{name} is written")

    def child(self) -> int:
        return eventually(lambda: self.record("pid"), "pid is written")["child"]["pid"]

    def clean(self) -> None:
        for process in self.started:
            if process.poll() is None:
                process.kill()
            process.wait()
            process.stderr.close()
        if record := self.record("pid"):
            try:
                os.kill(record["child"]["pid"], 9)
            except ProcessLookupError:
                pass
