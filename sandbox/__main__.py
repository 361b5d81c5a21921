"""python -m sandbox VERB --dir DIR …"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from sandbox.place import DEFAULT, Place
from sandbox.trouble import Trouble


def up(place: Place, _: argparse.Namespace) -> int:
    from sandbox.up import up

    print(f"the sandbox in {place.root} is up after {up(place):.1f} s")
    return 0


def down(place: Place, _: argparse.Namespace) -> int:
    from sandbox.ending import down

    print(f"the sandbox in {place.root} is gone" if down(place) else f"there is no sandbox in {place.root}")
    return 0


def enter(place: Place, said: argparse.Namespace) -> int:
    from sandbox import enter

    words = said.words[1:] if said.words[:1] == ["--"] else said.words
    if not words:
        raise Trouble("say what to run: python -m sandbox exec --dir DIR --user bot -- PROGRAM ARGUMENT…")
    enter.run(place, said.user, words)


def supervise(place: Place, said: argparse.Namespace) -> int:
    from sandbox import supervisor
    from sandbox.cgroup import Cgroup

    supervisor.main(place, Cgroup(Path(place.facts()["group"])), said.ready)
    return 0


def inside(place: Place, said: argparse.Namespace) -> int:
    from sandbox import inside

    inside.main(place, said.ready)
    return 0


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sandbox", description=sys.modules["sandbox"].__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")

    def verb(name: str, does: object, says: str | None) -> argparse.ArgumentParser:
        added = verbs.add_parser(name, help=says) if says else verbs.add_parser(name)
        added.add_argument("--dir", default=str(DEFAULT), help="its folder (%(default)s)")
        added.set_defaults(does=does)
        return added

    verb("up", up, "make it, and return when it is ready")
    verb("down", down, "end all of it and remove its folder")
    run = verb("exec", enter, "run a program inside: exec --user bot -- PROGRAM ARGUMENT…")
    run.add_argument("--user", choices=("root", "bot"), default="root")
    run.add_argument("words", nargs=argparse.REMAINDER)
    for name, does in (("supervise", supervise), ("inside", inside)):
        verb(name, does, None).add_argument("--ready", type=int, required=True)
    return parser


def main() -> int:
    said = arguments().parse_args()
    try:
        return int(said.does(Place.at(said.dir), said))
    except Trouble as trouble:
        print(f"sandbox: {trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


if __name__ == "__main__":
    sys.exit(main())
