"""Processes as /proc shows them: who one is for ever, and all that came from it."""

from __future__ import annotations

import os
import signal
import time

STATE, PARENT, SESSION, START = 0, 1, 3, 19


def boot_id() -> str:
    with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:
        return file.read().strip()


def stat(pid: int) -> list[str] | None:
    """The fields of /proc/PID/stat after the name, which may itself hold blanks and brackets."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            return file.read().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None


class Process:
    """One process, told apart from a later one that got the same number."""

    def __init__(self, pid: int, start: int) -> None:
        self.pid = pid
        self.start = start

    @staticmethod
    def of(pid: int) -> Process | None:
        fields = stat(pid)
        return Process(pid, int(fields[START])) if fields else None

    @staticmethod
    def from_record(record: dict) -> Process:
        return Process(int(record["pid"]), int(record["start"]))

    def record(self) -> dict:
        return {"pid": self.pid, "start": self.start}

    def lives(self) -> bool:
        fields = stat(self.pid)
        return fields is not None and int(fields[START]) == self.start and fields[STATE] not in "ZX"

    def send(self, number: int) -> None:
        """Through a descriptor, so that the signal cannot reach a successor with the same number."""
        try:
            descriptor = os.pidfd_open(self.pid)
        except ProcessLookupError:
            return
        try:
            if self.lives():
                signal.pidfd_send_signal(descriptor, number)
        except ProcessLookupError:
            pass
        finally:
            os.close(descriptor)


def descendants(wrapper: Process, child: Process, mark: bytes) -> list[Process]:
    """All that lives of a run: by parent and session; workers lead sessions of their own, so by their mark as well.

    What loses its parent comes to the wrapper; where that is gone too, only the mark in the environment is left. A shared
    connection of OpenSSH has none, since it writes its title over its environment: there its socket is in the run's folder.
    """
    table = {int(name): fields for name in os.listdir("/proc") if name.isdigit() and (fields := stat(int(name)))}
    family = {process.pid for process in (wrapper, child) if _is_same(process, table)}
    # A number in use as a session is not given out again, so another process of that number means the session is gone.
    sessions = set() if child.pid in table and child.pid not in family else {child.pid}
    family |= {pid for pid in table if pid != wrapper.pid and (_bears(mark, pid) or _is_connection(mark, pid))}
    while True:
        found = {
            pid
            for pid, fields in table.items()
            if pid not in family and (int(fields[PARENT]) in family or int(fields[SESSION]) in sessions)
        }
        if not found:
            break
        family |= found
        sessions |= {int(table[pid][SESSION]) for pid in found if int(table[pid][SESSION]) in family}
    family.discard(wrapper.pid)
    return [Process(pid, int(table[pid][START])) for pid in family if table[pid][STATE] not in "ZX"]


def kill_all(wrapper: Process, child: Process, mark: bytes, patience: float = 5.0) -> bool:
    """Kills until none is left, since what is being killed may still be forking; False where some would not die."""
    deadline = time.monotonic() + patience
    while living := descendants(wrapper, child, mark):
        for process in living:
            process.send(signal.SIGKILL)
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def _is_same(process: Process, table: dict[int, list[str]]) -> bool:
    fields = table.get(process.pid)
    return fields is not None and int(fields[START]) == process.start


def _bears(mark: bytes, pid: int) -> bool:
    return mark in _read(pid, "environ").split(b"\0")


def _is_connection(mark: bytes, pid: int) -> bool:
    return _read(pid, "cmdline").startswith(b"ssh: " + mark.partition(b"=")[2] + b"/ssh/")


def _read(pid: int, name: str) -> bytes:
    try:
        with open(f"/proc/{pid}/{name}", "rb") as file:
            return file.read()
    except OSError:
        return b""  # gone, or another account's and so none of ours
