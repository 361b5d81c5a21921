"""In place of systemd, the bot and the failure handler, ten lines each: starts what `current` names, again and again.

    service.py HOME STATE

A release whose file VERSION holds "crash" ends at once, one with "late" becomes never ready, any other is a bot: `ready` as
soon as it can, out of its trial after a moment, and gone when `current` names another.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

LOOK = 0.02
TRIAL = 0.5
START_TIMEOUT = 1.0


def place(link: Path) -> str:
    return os.path.realpath(link).rpartition("/")[2]


def on_trial(state: Path) -> dict:
    try:
        return json.loads((state / "trial").read_text())
    except FileNotFoundError:
        return {}


def bot(home: Path, state: Path, me: str) -> int:
    """The exit status; -1 where it did not start in time."""
    behaviour = (home / "releases" / me / "VERSION").read_text()
    (state / "ready").unlink(missing_ok=True)
    if "crash" in behaviour:
        return 1
    if "late" in behaviour:
        time.sleep(START_TIMEOUT)
        return -1
    (state / "ready.new").write_text(str(os.getpid()))
    (state / "ready.new").rename(state / "ready")
    since = time.monotonic()
    while place(home / "current") == me:
        if on_trial(state).get("to") == me and time.monotonic() - since > TRIAL:
            (state / "trial").unlink()
        time.sleep(LOOK)
    (state / "ready").unlink()
    return 0


def point(home: Path, link: str, commit: str) -> None:
    (home / f"{link}.back").symlink_to(f"releases/{commit}")
    (home / f"{link}.back").rename(home / link)


def judge(home: Path, state: Path, me: str, reason: str) -> None:
    trial = on_trial(state)
    if trial.get("to") != me:
        return
    if trial["failures"] == 0:
        (state / "trial.new").write_text(json.dumps({**trial, "failures": 1}))
        (state / "trial.new").rename(state / "trial")
        return
    with (home / "rejected").open("a") as file:
        file.write(f"{me} 2026-01-01T00:00:00+00:00 {reason}\n")
    (state / "taken-back.new").write_text(json.dumps({"from": trial["from"], "to": me, "reason": reason}))
    (state / "taken-back.new").rename(state / "taken-back")
    point(home, "current", trial["from"])
    point(home, "playbooks", trial["from"])
    (state / "trial").unlink()


def main(home: Path, state: Path) -> None:
    while True:
        me = place(home / "current")
        status = bot(home, state, me)
        if status != 0:
            judge(home, state, me, "it crashed" if status == 1 else "it did not become ready in time")
            time.sleep(0.1)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
