"""What is broken, when and for how long: the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

# How long each lasts, in seconds. Some longer than a status of the audit log counts, and than a dispatch waits for it.
LASTS = {
    ("bot", "killed"): (0.1, 2.5),
    ("bot", "stopped"): (0.5, 8.0),
    ("run", "killed"): (0.0, 0.0),
    ("redis", "killed"): (0.1, 3.0),
    ("redis", "stopped"): (0.5, 7.0),
    ("redis", "disk full"): (1.0, 5.0),
    ("kafka", "killed"): (0.1, 3.0),
    ("kafka", "stopped"): (1.0, 8.0),
    ("kafka", "disk full"): (1.0, 5.0),
}
GAP = (0.5, 3.0)
TOGETHER = 0.4


@dataclass(frozen=True)
class Fault:
    part: str
    how: str
    after: float  # seconds from the window's beginning
    lasts: float

    @property
    def kind(self) -> str:
        return f"{self.part} {self.how}"


@dataclass(frozen=True)
class Window:
    """One fault, or two at once; the next window begins when the bot has recovered from this one."""

    gap: float
    faults: tuple[Fault, ...]

    @property
    def kind(self) -> str:
        return self.faults[0].kind if len(self.faults) == 1 else "two at once"

    def steps(self) -> list[tuple[float, str, Fault]]:
        """When to do what: begin or end."""
        begins = [(fault.after, "begin", fault) for fault in self.faults]
        ends = [(fault.after + fault.lasts, "end", fault) for fault in self.faults]
        return sorted(begins + ends, key=lambda step: (step[0], step[1]))


def schedule(seed: int) -> Iterator[Window]:
    """Every kind once and alone, in a random order; then, for ever, each in turn with some of them two at once."""
    random = Random(f"faults {seed}")
    first = True
    while True:
        kinds = list(LASTS)
        random.shuffle(kinds)
        for kind in kinds:
            gap = random.uniform(*GAP)
            faults = [_fault(random, kind, 0.0)]
            other = random.choice([each for each in LASTS if each[0] != kind[0]])
            if random.random() < TOGETHER and not first:
                faults.append(_fault(random, other, random.uniform(0.0, 2.0)))
            yield Window(gap, tuple(faults))
        first = False


def _fault(random: Random, kind: tuple[str, str], after: float) -> Fault:
    return Fault(*kind, after, random.uniform(*LASTS[kind]))
