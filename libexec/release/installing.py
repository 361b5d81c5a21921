"""The first release of a server, and whichever one its operator wants there: for a person with the builder's account, not for the bot."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from release import objection
from release.builder import Builder
from release.lock import held
from release.looking import PATIENCE
from release.making import make
from release.place import Place, now
from release.refused import Refused
from release.talk import plain
from release.typed import brief


def install(name: str, home: Path, file: Path) -> int:
    os.umask(0o022)
    try:
        answer = {"done": _install(Builder.of(home, file, _Terminal()), name)}
    except Refused as refused:
        answer = {"refused": str(refused)}
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        answer = {"refused": f"the release could not be made: {where}{error.strerror or error}. What is in use has not changed."}
    print(json.dumps(answer))
    return 0 if "done" in answer else 1


class _Terminal:
    """Whom a builder talks to that nobody ordered over a socket."""

    def say(self, text: str) -> None:
        print(plain(text), file=sys.stderr, flush=True)

    def is_alone(self) -> bool:
        return False


def _install(builder: Builder, name: str) -> dict:
    """Forward or back, as it is said; but signed where that is required, and not what was taken back."""
    place = builder.place
    with held(builder.fetch_lock, f"to look up {name}", PATIENCE):
        builder.mirror.fetch()
        end = builder.mirror.resolve(name)
        signed = objection.signature_of(builder, end)
        if why := objection.rejection(builder, end) or signed.flaw:
            raise Refused(why)
    with held(builder.lock, f"the installation of {brief(end)}") as lock:
        made = make(builder, end, lock)
        before = _in_use(place)
        if before != end:
            if before is not None:
                builder.history().note(now(), before, end)
            place.point("playbooks", place.release(end))
            place.point("current", place.release(end))
    return {"commit": end, "from": before, "made": made, "changed": made or before != end}


def _in_use(place: Place) -> str | None:
    """None on a new server: neither link is there yet, or a first installation was cut off between them."""
    return place.named("current") if os.path.lexists(place.home / "current") else None
