"""Which process a recorded pid means: pid and start time together, since pids are used again."""

from __future__ import annotations

import json
import os
import select
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Identity:
    pid: int
    start: int

    @staticmethod
    def of(pid: int) -> Identity | None:
        """None when no such process lives; a zombie is dead."""
        try:
            stat = Path(f"/proc/{pid}/stat").read_text()
        except (FileNotFoundError, ProcessLookupError):
            return None
        fields = stat[stat.rindex(")") + 2:].split()  # the name before may hold blanks and brackets
        return None if fields[0] in "ZX" else Identity(pid, int(fields[19]))

    def alive(self) -> bool:
        return Identity.of(self.pid) == self

    def send(self, signal_number: int) -> bool:
        """False when it had already ended."""
        if not self.alive():
            return False
        try:
            os.kill(self.pid, signal_number)
        except ProcessLookupError:
            return False
        return True

    def wait(self, seconds: float) -> bool:
        """True once it has ended."""
        try:
            handle = os.pidfd_open(self.pid)
        except ProcessLookupError:
            return True
        try:
            if not self.alive():
                return True
            readable, _, _ = select.select([handle], [], [], seconds)
            return bool(readable)
        finally:
            os.close(handle)


def record(file: Path, pid: int) -> None:
    """Writes `<pid>` for people and shell scripts, and beside it what tells it from a later process of that pid."""
    identity = Identity.of(pid)
    if identity is None:
        raise ProcessLookupError(f"process {pid} ended at once")
    file.with_suffix(".process").write_text(json.dumps(asdict(identity)))
    file.write_text(f"{pid}\n")


def recorded(file: Path) -> Identity | None:
    """The live process that was recorded there, or None."""
    try:
        identity = Identity(**json.loads(file.with_suffix(".process").read_text()))
    except FileNotFoundError:
        return None
    return identity if identity.alive() else None
