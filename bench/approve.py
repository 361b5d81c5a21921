"""From a person's `approve` to the start of the process, and what that time consists of.

Each round asks for a command that needs approval, says `approve ID` by the play socket, and reads when each step happened:
from the command's events and from the run's folder, all by the clock of this machine. By hand: the wrapper alone, started
with the same plan.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from statistics import median

PROJECT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(PROJECT / "bench/bare"), str(PROJECT / "libexec")]

from own_bot import OwnBot, Redis  # noqa: E402

from player.connection import Connection  # noqa: E402
from player.rooms import Rooms  # noqa: E402

CATALOG = """
arguments:
  token: {type: name}
commands:
  guarded:
    say: guarded {token}
    help: Leaves a trace when another agrees.
    risk: change
    roles: [deployer]
    approval: {by: deployer}
    timeout: 1m
    run: {program: [programs/effect, "--token={token}"]}
"""
PROGRAMS = {"effect": '#!/bin/sh\ndate +%s.%N >"$EFFECTS.${1#--token=}"\n'}
STEPS = (
    "heard and decided", "planned anew and admitted", "written down as dispatched", "acknowledged, wrapper has claimed",
    "process runs",
)  # fmt: skip
PATIENCE = 60.0


class Bench:
    def __init__(self, own: OwnBot) -> None:
        self.own = own
        self.redis = Redis(own.redis_port, Path(own.local["redis"]["password-file"]).read_text().strip())
        self.chat = Connection(str(own.socket), ["anna", "bert"], Rooms())
        self.chat.open()

    def round(self, number: int) -> tuple[list[float], float]:
        """Seconds of each step, and of the wrapper by hand."""
        self.chat.say("anna", "ops", f"signalbox guarded t{number}")
        message = self.chat.last["say"]["id"]
        self._until(lambda: not self.chat.unprocessed)
        command = self.redis.say("GET", f"sb:chat:heard:play:{message}")
        begun = time.time()
        self.chat.say("bert", "ops", f"approve {command}")
        self._until(lambda: "Finished" in self._events(command))
        events, run = self._events(command), self.own.state / "runs" / command
        moments = [begun, *(events[kind] for kind in ("ApprovalGiven", "Admitted", "Dispatched"))]
        moments += [(run / "claimed").stat().st_mtime, self._began(f"t{number}")]
        return [after - before for before, after in zip(moments, moments[1:], strict=False)], self._by_hand(run, number)

    def _events(self, command: str) -> dict[str, float]:
        told = self.redis.say("LRANGE", f"sb:story:{command}", "0", "-1")
        events = [json.loads(event) for event in told]
        return {event["kind"]: datetime.fromisoformat(event["at"].replace("Z", "+00:00")).timestamp() for event in events}

    def _began(self, token: str) -> float:
        return float(Path(f"{self.own.effects}.{token}").read_text())

    def _by_hand(self, run: Path, number: int) -> float:
        folder = self.own.folder / f"by-hand-{number}"
        folder.mkdir()
        shutil.copy(run / "plan.json", folder)
        begun = time.time()
        wrapper = ["/usr/bin/python3", str(self.own.project / "libexec/signalbox-run"), str(folder)]
        subprocess.run(wrapper, check=True, timeout=PATIENCE, stdin=subprocess.DEVNULL)
        return self._began(f"t{number}") - begun

    def _until(self, condition) -> None:  # noqa: ANN001
        deadline = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > deadline:
                sys.exit(f"bench approve: the bot did not get on:\n{self.own.log()[-2000:]}")
            self.chat.wait(condition, 0.02)


def tell(rounds: list[tuple[list[float], float]], as_json: bool) -> None:
    steps = {name: median(each[0][index] for each in rounds) * 1000 for index, name in enumerate(STEPS)}
    total = median(sum(each[0]) for each in rounds) * 1000
    by_hand = median(each[1] for each in rounds) * 1000
    if as_json:
        print(json.dumps({"name": "approve", "total_ms": total, "by_hand_ms": by_hand, "steps_ms": steps}))
        return
    for name, milliseconds in steps.items():
        print(f"{name:<36}{milliseconds:>8.0f} ms")
    print(f"{'approve until the process runs':<36}{total:>8.0f} ms    (median of {len(rounds)})")
    print(f"{'the wrapper alone, by hand':<36}{by_hand:>8.0f} ms")
    print(f"approve total_ms={total:.0f} by_hand_ms={by_hand:.0f} ratio={total / by_hand:.2f} "
          + " ".join(f"{name.split(',')[0].replace(' ', '_')}_ms={value:.0f}" for name, value in steps.items()))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    said = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="approve-"))
    own = OwnBot(folder, CATALOG, PROGRAMS)
    try:
        own.start_parts()
        own.start_bot()
        bench = Bench(own)
        bench.round(0)  # makes connections and copies
        tell([bench.round(number) for number in range(1, said.rounds + 1)], said.json)
    finally:
        own.close()
        shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
