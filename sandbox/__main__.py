"""python -m sandbox VERB --dir DIR …"""

from __future__ import annotations

import argparse
import json
import os
import sys
from importlib.util import find_spec
from pathlib import Path

from sandbox.place import DEFAULT, Place
from sandbox.trouble import Trouble


def up(place: Place, _: argparse.Namespace) -> int:
    lacking = [name for name in ("moto", "flask", "boto3", "yaml") if find_spec(name) is None]
    if lacking:
        raise Trouble(f"{sys.executable} lacks {', '.join(lacking)}; start this with .signalbox/venv/bin/python, "
                      "which ./signalbox setup makes")
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


def seed(place: Place, _: argparse.Namespace) -> int:
    from sandbox.seed import seed

    seed(place, lambda line: print(line, flush=True))
    return 0


def load(place: Place, said: argparse.Namespace) -> int:
    from sandbox import load

    if said.does_what == "start":
        load.start(place, said.environment, said.rate, said.streams)
        return 0
    print(json.dumps(load.stop(place, said.environment) if said.does_what == "stop"
                     else load.report(place, said.environment)))
    return 0


def crew(place: Place, said: argparse.Namespace) -> int:
    from sandbox import crew

    {"start": crew.start, "stop": crew.stop, "kill": crew.kill}[said.does_what](place, said.part)
    return 0


def status(place: Place, said: argparse.Namespace) -> int:
    from sandbox import status

    found = status.fetch(place)
    print(json.dumps(found) if said.json else "\n".join(status.lines(found)))
    return 0


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
    verb("seed", seed, "make version 1 live in every environment")
    traffic = verb("load", load, "requests through a balancer: load start, load report, load stop")
    traffic.add_argument("does_what", choices=("start", "report", "stop"))
    traffic.add_argument("--environment", choices=("staging", "production"), default="staging")
    traffic.add_argument("--rate", type=float, default=200.0, help="requests a second (%(default)s)")
    traffic.add_argument("--streams", type=int, default=10, help="long-lived connections (%(default)s)")
    stage = verb("crew", crew, "what happens to the demo's parts: crew kill bot, crew stop kafka, crew start redis")
    stage.add_argument("does_what", choices=("start", "stop", "kill"))
    stage.add_argument("part", choices=("bot", "kafka", "redis"))
    verb("status", status, "what is in it").add_argument("--json", action="store_true")
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
