"""What a conversation consists of, once it has been read."""

from __future__ import annotations

from dataclasses import dataclass, field

DEFAULT_ROOM = "ops"


@dataclass(frozen=True)
class Spoken:
    """One line of a message; verbatim lines keep their {x} as they are."""

    text: str
    verbatim: bool = False


@dataclass(frozen=True)
class Say:
    number: int
    person: str
    room: str
    lines: tuple[Spoken, ...]


@dataclass(frozen=True)
class Click:
    number: int
    person: str
    room: str
    label: str


@dataclass(frozen=True)
class Expect:
    """A text that has to come: within `seconds`, and final unless `living` ones count."""

    number: int
    room: str
    text: str
    seconds: float
    living: bool


@dataclass(frozen=True)
class Refute:
    """A text that must not have come since the last said or crew line."""

    number: int
    room: str
    text: str


@dataclass(frozen=True)
class Crew:
    """What the stage crew does: its verb, the verb's arguments, and the room in which they would speak."""

    number: int
    verb: str
    arguments: tuple[str, ...]
    room: str


Step = Say | Click | Expect | Refute | Crew


@dataclass
class Transcript:
    file: str
    source: list[str]
    settings: dict[str, str] = field(default_factory=dict)
    setting_lines: dict[str, int] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)

    def people(self) -> list[str]:
        """All who speak or are spoken to alone, in the order in which they appear."""
        named: dict[str, None] = {}
        for step in self.steps:
            if isinstance(step, Say | Click):
                named[step.person] = None
            elif step.room.startswith("@"):
                named[step.room[1:]] = None
        return list(named)

    def crew(self) -> list[Crew]:
        return [step for step in self.steps if isinstance(step, Crew)]


@dataclass(frozen=True)
class Mistake:
    """A line that cannot be read, and what would be right."""

    file: str
    number: int
    problem: str

    def __str__(self) -> str:
        return f"{self.file}:{self.number}: {self.problem}"
