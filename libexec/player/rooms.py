"""What was said in each room, every version of every text, and how far the conversation has read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from player.matcher import find

# What a result gets at its end, some seconds after it was said: where the audit log stood.
ANCHOR = re.compile(r"\naudit \d+:[0-9a-f]+")


@dataclass(frozen=True)
class Heard:
    """One version of one text."""

    message: str
    speaker: str
    text: str
    final: bool
    buttons: tuple[tuple[str, str], ...] = ()  # label, value
    by_person: bool = False


@dataclass
class Room:
    heard: list[Heard] = field(default_factory=list)
    position: int = 0  # the first version that an expectation still looks at
    mark: int = 0  # the first one since the last said or crew line

    def hear(self, heard: Heard) -> None:
        """A text that only got its anchor is no news: it keeps its place, and nobody reads it twice."""
        versions = [index for index, version in enumerate(self.heard) if version.message == heard.message]
        if versions:
            before = self.heard[versions[-1]]
            added = heard.text.removeprefix(before.text)
            if before.final and heard.final and ANCHOR.fullmatch(added):
                self.heard[versions[-1]] = heard
                return
        self.heard.append(heard)

    def take(self, pattern: str, bound: Mapping[str, str], living: bool) -> dict[str, str] | None:
        """Moves past the first version from here on that holds the pattern, and gives what its {x} stand for."""
        for index in range(self.position, len(self.heard)):
            version = self.heard[index]
            if version.by_person or not (version.final or living):
                continue
            found = find(pattern, version.text, bound)
            if found is not None:
                self.position = index + 1
                return found
        return None

    def since_mark(self, pattern: str, bound: Mapping[str, str]) -> Heard | None:
        """What holds the pattern among all that came since the last said or crew line."""
        for version in self.heard[self.mark :]:
            if not version.by_person and find(pattern, version.text, bound) is not None:
                return version
        return None

    def current(self) -> list[Heard]:
        """Each message as it reads now, in the order in which they were first said."""
        latest: dict[str, Heard] = {}
        for version in self.heard:
            latest[version.message] = version
        return list(latest.values())

    def button(self, label: str) -> tuple[str, str] | None:
        """Message and value of the newest enabled button of that label; one that an edit took away is not enabled."""
        for version in reversed(self.current()):
            for its_label, value in version.buttons:
                if its_label.casefold() == label.casefold():
                    return version.message, value
        return None

    def labels(self) -> list[str]:
        return [label for version in self.current() for label, _ in version.buttons]


class Rooms:
    def __init__(self) -> None:
        self._rooms: dict[str, Room] = {}

    def __getitem__(self, name: str) -> Room:
        return self._rooms.setdefault(name, Room())

    def add(self, name: str, heard: Heard) -> None:
        self[name].hear(heard)

    def mark(self) -> None:
        """A line is said or done now: `<!` looks at what comes after this."""
        for room in self._rooms.values():
            room.mark = len(room.heard)
