"""What a typed line means: who says it, where, and whether it is a click."""

from __future__ import annotations

import re
from dataclasses import dataclass

# The bot's own name in front of a colon addresses it; every other name is a person's.
SPOKEN = re.compile(r"(?P<person>(?!signalbox\b)[a-z][a-z0-9_-]*)(?:\((?P<room>[^()\s]+)\))?:\s+(?P<words>.*)", re.DOTALL)
ADDRESSED = re.compile(r"[@/]?signalbox\b|\.[a-z]", re.IGNORECASE)
BUTTON = re.compile(r"\[(?P<label>[^\[\]]+)\]")


@dataclass(frozen=True)
class Spoken:
    person: str
    room: str
    words: str

    @property
    def button(self) -> str | None:
        matched = BUTTON.fullmatch(self.words.strip())
        return matched["label"] if matched else None

    @property
    def addressed(self) -> str:
        """The words with the bot's name in front: at this terminal there is nobody else to talk to."""
        return self.words if ADDRESSED.match(self.words) else f"signalbox {self.words}"


def spoken(line: str, speaker: str, room: str) -> Spoken:
    matched = SPOKEN.fullmatch(line.strip())
    if matched is None:
        return Spoken(speaker, room, line.strip())
    where = matched["room"] or room
    return Spoken(matched["person"], f"@{matched['person']}" if where == "dm" else where, matched["words"].strip())
