"""Makes version 1 live in every environment, by the playbooks and command lines that a person would use."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from sandbox import by_hand, status
from sandbox.environments import ENVIRONMENTS
from sandbox.place import Place
from sandbox.trouble import Trouble

VERSION = "v1.0.0"
NAMES = tuple(each.name for each in ENVIRONMENTS)


def seed(place: Place, say: Callable[[str], None], environments: Sequence[str] = NAMES) -> None:
    live = {each["tags"].get("environment") for each in status.fetch(place)["instances"]
            if each["tags"].get("state") == "live"}
    wanted = [name for name in environments if name not in live]
    for name in environments:
        if name in live:
            say(f"{name} is live already")
    with ThreadPoolExecutor(max_workers=len(ENVIRONMENTS)) as pool:
        outcomes = [pool.submit(_environment, place, name, say) for name in wanted]
    problems = [error for outcome in outcomes if (error := outcome.exception()) is not None]
    if problems:
        raise Trouble("\n".join(str(problem) for problem in problems))


def _environment(place: Place, name: str, say: Callable[[str], None]) -> None:
    begun = time.monotonic()
    for line in (by_hand.deploy(place, name, VERSION), by_hand.words("swap", name)):
        by_hand.run(place, f"seed-{name}", by_hand.entered(place, line))
    say(f"{name} serves {VERSION} after {time.monotonic() - begun:.0f} s")
