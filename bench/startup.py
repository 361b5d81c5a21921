"""From the start of the process to the first answer, and the memory it holds: Signalbox, Hubot and Errbot in turn.

Each answers a `ping`, over the socket or pipe of its own local chat. Signalbox starts with the catalog of this project and
finds a Redis and a Kafka; the others need none. After the last round each runs a thousand programs that do nothing, one
after another: Hubot and Errbot as child processes by a script of a few lines, Signalbox as runs, recorded and under its wrapper.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

PROJECT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(PROJECT / "bench/startup"), str(PROJECT / "bench/bare"), str(PROJECT / "libexec")]

from bots import Bot, Errbot, Hubot, Signalbox  # noqa: E402
from own_bot import OwnBot  # noqa: E402

CATALOG = """
arguments:
  token: {type: name}
commands:
  nothing:
    say: nothing {token}
    help: Runs a program that does nothing.
    risk: read
    roles: [deployer]
    timeout: 1m
    run: {program: [programs/nothing, "--token={token}"]}
"""
PROGRAMS = {"nothing": "#!/bin/sh\nexec /bin/true\n"}
OF_THE_PROJECT = ("commands", "playbooks", "roles", "inventory")
# What a bot still does after its first answer is over by then; all of them get the same time.
TO_REST = 10.0


def of_the_project(own: OwnBot) -> None:
    """Beside the benchmark's own command, all that a bot of this project reads at its start."""
    for name in OF_THE_PROJECT:
        shutil.copytree(PROJECT / name, own.project / name, dirs_exist_ok=True)


def starts(bots: list[Bot], rounds: int) -> dict[str, list[float]]:
    """Seconds to the first answer; after the last round all of them go on."""
    seconds: dict[str, list[float]] = {bot.name: [] for bot in bots}
    for number in range(rounds + 1):
        for bot in bots:
            took = bot.first_answer()
            if number > 0:  # the first one fills caches
                seconds[bot.name].append(took)
            if number < rounds:
                bot.end()
    return seconds


def memory(bot: Bot, runs: int) -> dict[str, float]:
    idle = bot.resident_mib()
    begun = time.monotonic()
    for number in range(runs):
        bot.run(number)
    return {"idle_mib": idle, "after_mib": bot.resident_mib(), "run_ms": (time.monotonic() - begun) / runs * 1000}


def tell(seconds: dict[str, list[float]], held: dict[str, dict[str, float]], runs: int) -> None:
    print(f"{'bot':<12}{'first answer ms':>16}{'idle MiB':>10}{f'after {runs} runs':>18}{'ms a run':>10}")
    for name, each in seconds.items():
        row = held[name]
        print(f"{name:<12}{median(each) * 1000:>16.0f}{row['idle_mib']:>10.0f}{row['after_mib']:>18.0f}{row['run_ms']:>10.1f}")
    own = seconds["signalbox"]
    ratio = {name: median(mine / theirs for mine, theirs in zip(own, seconds[name], strict=True)) for name in ("hubot", "errbot")}
    print(f"startup ratio_hubot={ratio['hubot']:.2f} ratio_errbot={ratio['errbot']:.2f} idle_mib={held['signalbox']['idle_mib']:.0f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", type=Path, required=True, help="where the door has put Hubot and Errbot")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--json", action="store_true")
    said = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="startup-"))
    own = OwnBot(folder / "signalbox", CATALOG, PROGRAMS)
    bots: list[Bot] = [Signalbox(own), Hubot(said.peers, folder / "hubot"), Errbot(said.peers, folder / "errbot")]
    try:
        of_the_project(own)
        own.start_parts()
        seconds = starts(bots, said.rounds)
        time.sleep(TO_REST)
        held = {bot.name: memory(bot, said.runs) for bot in bots}
        if said.json:
            print(json.dumps({"name": "startup", "seconds": seconds, "held": held}))
        else:
            tell(seconds, held, said.runs)
    finally:
        for bot in bots:
            bot.kill()
        own.close()
        shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
