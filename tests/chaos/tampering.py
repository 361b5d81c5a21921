"""What is done to the evidence of a lawful day, and which check it has to set off."""

from __future__ import annotations

from collections.abc import Callable

Check = tuple[int, str]
# Of the day, before it is written: its chain is sound all the same.
OF_THE_DAY: list[tuple[Callable[..., None], Check]] = []
# Of the lines of the topic and the keys of the brain, where they lie.
WHERE_IT_LIES: list[tuple[Callable[..., None], Check]] = []


def breaks(promise: int, check: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    def note(tampering: Callable[..., None]) -> Callable[..., None]:
        where = OF_THE_DAY if "day" in tampering.__annotations__ else WHERE_IT_LIES
        where.append((tampering, (promise, check)))
        return tampering

    return note
