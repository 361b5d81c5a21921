"""What was checked, how often, and what did not hold."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

PROMISES = {
    1: "nothing unauthorised runs",
    2: "nothing unrecorded runs",
    3: "nothing runs twice",
    4: "what was told is kept",
    5: "the log is whole",
}


@dataclass(frozen=True)
class Violation:
    promise: int
    check: str
    about: str
    what: str

    def __str__(self) -> str:
        return f"{self.promise} {self.check}: {self.about}: {self.what}"


@dataclass
class Findings:
    checked: Counter[tuple[int, str]] = field(default_factory=Counter)
    violations: list[Violation] = field(default_factory=list)

    def check(self, promise: int, name: str, holds: object, about: str, what: str) -> bool:
        self.checked[promise, name] += 1
        if not holds:
            self.violations.append(Violation(promise, name, about, what))
        return bool(holds)
