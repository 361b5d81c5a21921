"""The bot's side of an update: a release is on trial from before the switch until its bot has been ready for long enough.

`trial` in the bot's state folder is removed by that bot. Where it fails twice before, the failure handler of its unit goes
back, and leaves `taken-back`.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

from release.place import write_whole
from release.refused import Refused
from release.typed import brief

_BETWEEN_LOOKS = 0.2


def begin(state: Path, start: str, end: str) -> dict:
    """Before the switch: a release that is in use without being on trial is nobody's to take back."""
    try:
        (state / "taken-back").unlink(missing_ok=True)
        write_whole(state / "trial", json.dumps({"from": start, "to": end, "failures": 0}) + "\n")
    except OSError as error:
        raise Refused(f"{state}/trial cannot be written: {error.strerror}. Nothing was switched.") from error
    return {"from": start, "to": end}


def await_ready(state: Path, home: Path, end: str, seconds: float) -> dict:
    """`ready` is made anew by each bot, and that of the one before is older than the trial."""
    _await(
        lambda: not _goes_on(state, home, end) or _made_at(state / "ready") > _made_at(state / "trial"),
        seconds,
        f"no bot of {brief(end)} became ready within {seconds:g} s, and nothing has taken it back. It stays in use, on trial."
        " Does signalbox.service run? `journalctl -u signalbox` says why not.",
    )
    return {"ready": end}


def await_end(state: Path, home: Path, end: str, seconds: float) -> dict:
    _await(
        lambda: not _goes_on(state, home, end),
        seconds,
        f"{brief(end)} was not ready for long enough within {seconds:g} s, and nothing has taken it back. It stays in use,"
        " on trial. `journalctl -u signalbox` says what it does.",
    )
    return {"passed": end}


def _await(holds: Callable[[], bool], seconds: float, otherwise: str) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise Refused(otherwise)
        time.sleep(_BETWEEN_LOOKS)


def _goes_on(state: Path, home: Path, end: str) -> bool:
    """Whether the trial is still under way; refused where it was lost."""
    # In this order: who takes back writes `taken-back`, then switches, then removes `trial`.
    under_way = (state / "trial").exists()
    current = _named(home / "current")
    back = _read(state / "taken-back")
    if back.get("to") == end:
        start = str(back.get("from"))
        raise Refused(f"release {brief(end)} was taken back: {back.get('reason')}. {_serves(current, start)}")
    if current != end:
        raise Refused(f"somebody has switched from {brief(end)} to {brief(current)} while it was on trial.")
    return under_way


def _serves(current: str, start: str) -> str:
    return f"Back on {brief(start)}." if current == start else f"On its way back to {brief(start)}."


def _named(link: Path) -> str:
    try:
        return os.readlink(link).rstrip("/").rpartition("/")[2]
    except OSError as error:
        raise Refused(f"{link} cannot be read: {error.strerror}") from error


def _made_at(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def _read(file: Path) -> dict:
    try:
        record = json.loads(file.read_text())
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise Refused(f"{file} cannot be read: {error}") from error
    return record if isinstance(record, dict) else {}
