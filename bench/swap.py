"""What a swap costs those who use the service: requests at a fixed rate through swaps and rollbacks, one after another.

Lost is a request that did not get its whole answer though it takes no longer than the drain time; cut is a long-lived
connection that had to be made anew. The balancer never sends a request twice.
"""

from __future__ import annotations

import argparse
import json
import shlex
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sandbox import by_hand, load, seed, status
from sandbox.ending import down
from sandbox.place import Place
from sandbox.tally import Span, between
from sandbox.traffic import SLOW_SECONDS
from sandbox.trouble import Trouble
from sandbox.up import up

OTHER = {"swap": "rollback", "rollback": "swap"}


@dataclass(frozen=True)
class Move:
    verb: str
    seconds: float
    span: Span

    def row(self, number: int) -> str:
        span = self.span
        return (f"{number:>4}  {self.verb:<8}  {self.seconds:>7.1f}  {span.requests:>8}  {span.lost:>4}  {span.cut:>4}"
                f"  {span.p99_ms:>7.1f}")


HEAD = "move  verb      seconds  requests  lost   cut   p99_ms"


@contextmanager
def sandbox(folder: str | None) -> Iterator[Place]:
    """The one that is named, or one of its own that is gone afterwards."""
    if folder is not None:
        yield Place.at(folder)
        return
    place = Place.at(tempfile.mkdtemp(prefix="sb-", dir="/var/tmp"))
    try:
        up(place)
        yield place
    finally:
        down(place)


def prepare(place: Place, environment: str) -> str:
    """Sees to it that there is something to swap; returns the verb to begin with."""
    seed.seed(place, note, [environment])
    verb = first_verb(generations(place, environment))
    if verb is None:
        note(f"deploying main to {environment}")
        by_hand.run(place, f"bench-{environment}", by_hand.entered(place, by_hand.deploy(place, environment, "main")))
        verb = "swap"
    return verb


def first_verb(states: dict[str, int]) -> str | None:
    """What these instances allow to begin with; None: nothing, there is but one generation."""
    if "staged" in states:
        return "swap"
    if "standby" not in states:
        return None
    return "swap" if states["standby"] > states["live"] else "rollback"


def generations(place: Place, environment: str) -> dict[str, int]:
    """State to its newest generation."""
    found: dict[str, int] = {}
    for each in status.fetch(place)["instances"]:
        tags = each["tags"]
        if tags.get("environment") == environment and "generation" in tags:
            found[tags["state"]] = max(found.get(tags["state"], 0), int(tags["generation"]))
    return found


def settled(place: Place, environment: str, after: float) -> dict[str, Any]:
    """The load's report once the slow requests of before have had their time."""
    while (report := load.report(place, environment))["seconds"] < after + max(SLOW_SECONDS):
        if not report["running"]:
            raise Trouble(f"the load ended by itself; see {place.log}/load-{environment}.log")
        time.sleep(0.2)
    return report


def measure(place: Place, said: argparse.Namespace, first: str) -> tuple[list[Move], dict[str, Any]]:
    lines = {verb: shlex.split(getattr(said, verb)) if getattr(said, verb)
             else by_hand.entered(place, by_hand.words(verb, said.environment)) for verb in OTHER}
    load.start(place, said.environment, said.rate)
    moves = []
    try:
        before = settled(place, said.environment, 0)
        verb = first
        for number in range(1, said.moves + 1):
            begun = time.monotonic()
            by_hand.run(place, f"bench-{said.environment}", lines[verb])
            seconds = time.monotonic() - begun
            after = settled(place, said.environment, before["seconds"] + seconds)
            moves.append(Move(verb, seconds, between(before, after)))
            span = moves[-1].span
            note(f"{number} of {said.moves}: {verb} took {seconds:.0f} s, {span.requests} requests, {span.lost} lost")
            before, verb = after, OTHER[verb]
    finally:
        result = load.stop(place, said.environment)
    return moves, result


def note(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dir", help="a sandbox that is up; without it one is made and taken away")
    parser.add_argument("--environment", default="staging", choices=seed.NAMES)
    parser.add_argument("--moves", type=int, default=10, help="swaps and rollbacks in turn (%(default)s)")
    parser.add_argument("--rate", type=float, default=load.RATE, help="requests a second (%(default)s)")
    parser.add_argument("--swap", metavar="LINE", help="command line that swaps, in place of the playbook by hand")
    parser.add_argument("--rollback", metavar="LINE", help="the same for the way back")
    parser.add_argument("--json", action="store_true")
    said = parser.parse_args()
    try:
        with sandbox(said.dir) as place:
            moves, result = measure(place, said, prepare(place, said.environment))
    except Trouble as trouble:
        note(f"bench swap: {trouble}")
        return 1
    return tell(moves, result, said.json)


def tell(moves: list[Move], result: dict[str, Any], as_json: bool) -> int:
    figures = {key: result[key] for key in ("requests", "lost", "cut", "p99_ms")}
    cut_most = max((move.span.cut_most for move in moves), default=0)
    if as_json:
        print(json.dumps({"name": "swap", **figures, "cut_most": cut_most, "first_lost": result["first_lost"],
                          "moves": [{"verb": move.verb, "seconds": round(move.seconds, 1), **asdict(move.span)}
                                    for move in moves]}))
    else:
        print("\n".join([HEAD, *(move.row(number) for number, move in enumerate(moves, 1))]))
        print("swap", *(f"{key}={number}" for key, number in figures.items()))
    if figures["lost"]:
        note(f"requests were lost; the first: {json.dumps(result['first_lost'])}")
    if cut_most > 1:
        note(f"a long-lived connection was cut {cut_most} times in one move")
    return 1 if figures["lost"] or cut_most > 1 else 0


if __name__ == "__main__":
    sys.exit(main())
