"""`./signalbox chaos`: see docs/chaos.md. Started outside, it starts itself again in namespaces of its own."""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import time
import traceback
from pathlib import Path

from chaos import campaign
from chaos.estate import Build
from chaos.place import PROJECT, Place

HELD, BROKEN, UNABLE, CUT_OFF = 0, 1, 3, 4
INTERRUPTED = 130


def main() -> int:
    said = options(sys.argv[1:])
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if said.inside:
        return inside(said)
    if os.geteuid() != 0:
        say("this needs root, for the disks of Redis and Kafka")
        return UNABLE
    place = Place.fresh()
    try:
        status = in_namespaces(said, place)
    except KeyboardInterrupt:
        # With the first process of its namespace everything has ended, and with the last one its disks.
        place.remove()
        return INTERRUPTED
    if said.keep or status != HELD:
        say(f"the evidence is in {place.root}")
    else:
        place.remove()
    return status if status in (HELD, BROKEN) else CUT_OFF


def in_namespaces(said: argparse.Namespace, place: Place) -> int:
    seed = random.SystemRandom().randrange(1_000_000) if said.seed is None else said.seed
    own = ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc", "--"]
    again = [sys.executable, "-m", "chaos", *sys.argv[1:], "--seed", str(seed), "--inside", str(place.root)]
    return subprocess.call([*own, sys.executable, "-m", "chaos.init", *again], cwd=PROJECT)


def options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./signalbox chaos", description="Breaks everything while people talk, then audits.")
    parser.add_argument("--minutes", type=positive, default=2.0, help="how long people talk and things break (%(default)s)")
    parser.add_argument("--seed", type=int, help="the same seed breaks the same things; by chance where it is not said")
    parser.add_argument("--calm", action="store_true", help="people talk and nothing breaks")
    parser.add_argument("--keep", action="store_true", help="leave the folder with the evidence in any case")
    parser.add_argument("--app", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--java-arguments", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def positive(text: str) -> float:
    value = float(text)
    if not 0 < value <= 24 * 60:
        raise argparse.ArgumentTypeError(f"{text} is no number of minutes from 0 to 1440")
    return value


def say(*lines: str) -> None:
    for line in lines:
        print(f"chaos: {line}", file=sys.stderr, flush=True)


def inside(said: argparse.Namespace) -> int:
    begin = time.monotonic()
    place = Place(said.inside)
    say(f"seed {said.seed}, {said.minutes:g} minutes, in {place.root}")
    try:
        campaign.run(place, Build(said.app, said.java_arguments or said.app / "java.args"),
                     campaign.Plan(said.minutes, said.seed, faults=not said.calm), say)
    except Exception:
        traceback.print_exc()
        say("it did not come to its end")
        return CUT_OFF
    say(f"auditing after {time.monotonic() - begin:.0f} s")
    return subprocess.call([sys.executable, "-m", "chaos.auditor", str(place.evidence)], cwd=PROJECT)


if __name__ == "__main__":
    sys.exit(main())
