"""Which releases were in use, one after the other. A line is written before a switch; it counts where the switch was made."""

from __future__ import annotations

import datetime
import os
import re
from dataclasses import dataclass
from pathlib import Path

_LINE = re.compile(r"(\S+) ([0-9a-f]{40}) ([0-9a-f]{40})")


@dataclass(frozen=True)
class Switch:
    at: datetime.datetime
    start: str
    end: str


class History:
    def __init__(self, file: Path, current: str) -> None:
        self.file = file
        self._switches = _made(_lines(file), current)
        self._current = current

    def note(self, at: str, start: str, end: str) -> None:
        """Before the switch: a switch that nobody noted could not be taken back."""
        line = f"{at} {start} {end}\n"
        descriptor = os.open(self.file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        try:
            size = os.fstat(descriptor).st_size
            if size and os.pread(descriptor, 1, size - 1) != b"\n":
                line = "\n" + line  # the one before was cut off
            if os.write(descriptor, line.encode()) != len(line):
                raise OSError(28, os.strerror(28), str(self.file))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def before(self) -> list[str]:
        """What was in use before the current one, newest first; going back takes a step out."""
        way: list[str] = []
        for switch in self._switches:
            if switch.end in way:
                del way[way.index(switch.end) :]
            else:
                way.append(switch.start)
        return way[::-1]

    def left_at(self) -> dict[str, datetime.datetime]:
        """When each one was last taken out of use."""
        return {switch.start: switch.at for switch in self._switches if switch.start != self._current}

    def newest(self) -> list[str]:
        """The current one and those before, by when they were last in use, newest first; several may share a second."""
        return list(dict.fromkeys([self._current, *(switch.start for switch in reversed(self._switches))]))


def _lines(file: Path) -> list[Switch]:
    try:
        text = file.read_text(errors="replace")
    except FileNotFoundError:
        return []
    found = (_LINE.fullmatch(line) for line in text.splitlines())
    return [switch for each in found if each and (switch := _switch(*each.groups()))]


def _switch(at: str, start: str, end: str) -> Switch | None:
    try:
        return Switch(datetime.datetime.fromisoformat(at), start, end)
    except ValueError:
        return None


def _made(switches: list[Switch], current: str) -> list[Switch]:
    """Those after which the next one began where they had ended. Others were cut off, or taken back by the failure handler."""
    then = [switch.start for switch in switches[1:]] + [current]
    return [switch for number, switch in enumerate(switches) if switch.end == then[number]]
