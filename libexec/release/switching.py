"""The orders that change what is in use, and what is kept."""

from __future__ import annotations

import datetime

from release import tools, typed
from release.builder import Builder
from release.history import History
from release.lock import held
from release.looking import link_of
from release.objection import rejection
from release.place import CHECKOUTS, RELEASES, Place, now, remove
from release.refused import Refused
from release.typed import brief

# A run takes a day at most, and may use the release in which it began until then.
_LONGEST_RUN = datetime.timedelta(hours=25)


def switch(builder: Builder, order: dict) -> dict:
    """One rename takes the other release into use; only from what the order believes to be in use."""
    link = link_of(order)
    start, end = (typed.commit(order.get(side), f"'{side}'") for side in ("from", "to"))
    with held(builder.lock, f"the switch to {brief(end)}"):
        place = builder.place
        named = place.named(link)
        if named != start:
            raise Refused(f"{link} is at {brief(named)}, not at {brief(start)}: nothing was switched. Look again what would come.")
        if start == end:
            raise Refused(f"{link} is at {brief(end)} already: nothing was switched.")
        if why := rejection(builder, end):
            raise Refused(why)
        folder = place.files_of(end) if link == "playbooks" else place.release(end) if place.is_release(end) else None
        if folder is None:
            raise Refused(f"{brief(end)} was not made yet, or not finished: nothing was switched. Build it first.")
        if link == "playbooks":
            place.point("playbooks", folder)
        else:
            builder.history().note(now(), start, end)
            _take(place, end)
        return {"link": link, "from": start, "to": end}


def _take(place: Place, end: str) -> None:
    """Playbooks and catalog first: the bot ends as soon as `current` changes, and the next one reads both."""
    before = place.files_of(place.named("playbooks"))
    place.point("playbooks", place.release(end))
    try:
        place.point("current", place.release(end))
    except OSError:
        if before is not None:
            place.point("playbooks", before)
        raise


def prune(builder: Builder, order: dict) -> dict:
    """Keeps what any link names, what is asked for, the newest in use, and what a run that still goes on may need."""
    asked = order.get("keep", [])
    if not isinstance(asked, list):
        raise Refused("'keep' has to be a list of commits")
    wanted = {typed.commit(each, "'keep'") for each in asked}
    with held(builder.lock, "the removal of old releases"):
        place = builder.place
        history = builder.history()
        kept = wanted | place.all_named() | _in_use_lately(history) | set(_newest(place, history, builder.settings.keep))
        gone = place.unfinished()
        for kind in (RELEASES, CHECKOUTS):
            gone += [place.home / kind / commit for commit in place.commits(kind) if commit not in kept]
        for folder in gone:
            if place.is_unfinished(folder.name):
                place.abandon(folder.name)
            else:
                remove(folder)
        left_over = tools.unused(place)
        for tool in left_over:
            tools.take_away(tool)
        return {"removed": sorted(each.name for each in gone + left_over), "kept": sorted(place.commits(RELEASES))}


def _newest(place: Place, history: History, count: int) -> list[str]:
    """The current one among them, and the one before it in any case, for the way back."""
    there = [commit for commit in history.newest() if place.is_release(commit)]
    back = [commit for commit in history.before() if place.is_release(commit)][:1]
    return there[:count] + back


def _in_use_lately(history: History) -> set[str]:
    since = datetime.datetime.now(datetime.UTC) - _LONGEST_RUN
    return {commit for commit, left in history.left_at().items() if left > since}
