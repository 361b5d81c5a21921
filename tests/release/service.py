"""In place of systemd, the bot and the failure handler, ten lines each: starts what `current` names, again and again.

    service.py HOME STATE

A release whose file VERSION holds "crash" ends at once; any other is a bot: `ready` as soon as it can, out of its trial after
a moment, and gone when `current` names another.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

LOOK = 0.02
TRIAL = 0.5


def place(link: Path) -> str:
    return os.path.realpath(link).rpartition("/")[2]


def on_trial(state: Path) -> dict:
    try:
        return json.loads((state / "trial").read_text())
    except FileNotFoundError:
        return {}


def bot(home: Path, state: Path, me: str) -> int:
    """The exit status."""
    (state / "ready").unlink(missing_ok=True)
    if "crash" in (home / "releases" / me / "VERSION").read_text():
        return 1
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


def judge(home: Path, state: Path, me: str) -> None:
    trial = on_trial(state)
    if trial.get("to") != me:
        return
    if trial["failures"] == 0:
        (state / "trial.new").write_text(json.dumps({**trial, "failures": 1}))
        (state / "trial.new").rename(state / "trial")
        return
    with (home / "rejected").open("a") as file:
        file.write(f"{me} 2026-01-01T00:00:00+00:00 it crashed\n")
    (state / "taken-back.new").write_text(json.dumps({"from": trial["from"], "to": me, "reason": "it crashed"}))
    (state / "taken-back.new").rename(state / "taken-back")
    point(home, "current", trial["from"])
    point(home, "playbooks", trial["from"])
    (state / "trial").unlink()


def main(home: Path, state: Path) -> None:
    while True:
        me = place(home / "current")
        if bot(home, state, me) != 0:
            judge(home, state, me)
            time.sleep(0.1)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
