"""The orders that make something: a release, or only its files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from release import building, objection, typed
from release.builder import Builder
from release.git import plain_environment
from release.lock import held
from release.looking import PATIENCE
from release.place import remove, sync_all, sync_folder
from release.refused import Refused
from release.typed import brief


def build(builder: Builder, order: dict) -> dict:
    """The folder bears its own name while it is built, since what is built holds its path, and a mark that it is none yet."""
    end = _wanted(order)
    with held(builder.lock, f"the build of {brief(end)}") as lock:
        _require(builder, "current", order, end)
        if order.get("again") is True:
            builder.place.forgive(end)
        made = make(builder, end, lock)
        return {"commit": end, "folder": str(builder.place.release(end)), "made": made}


def make(builder: Builder, end: str, lock: int) -> bool:
    """False where it is there already. The lock is held by whoever asks."""
    place = builder.place
    if place.is_unfinished(end):
        place.abandon(end)
    folder = place.release(end)
    if folder.exists() or folder.is_symlink():
        _require_whole(builder, folder, end)
        return False
    with _cleanly(lambda: place.abandon(end)):
        folder = place.begin(end, _clone(builder, folder, end))
        builder.talk.say(f"building {brief(end)} in {folder}")
        environment = {**plain_environment(), "SIGNALBOX_TOOLS": str(place.home / "tools"), **builder.settings.environment}
        building.build(folder, environment, builder.settings.build_seconds, lock, builder.talk)
        _require_whole(builder, folder, end)
        place.finish(end)
    return True


def checkout(builder: Builder, order: dict) -> dict:
    end = _wanted(order)
    with held(builder.lock, f"the checkout of {brief(end)}"):
        _require(builder, "playbooks", order, end)
        if order.get("again") is True:
            builder.place.forgive(end)
        made = builder.place.files_of(end)
        if made is not None:
            _require_whole(builder, made, end)
            return {"commit": end, "folder": str(made), "made": False}
        folder = builder.place.checkout(end)
        folder.parent.mkdir(mode=0o755, exist_ok=True)
        with _cleanly(lambda: remove(folder.with_suffix(".new"))):
            unfinished = _clone(builder, folder, end)
            sync_all(unfinished)
            unfinished.rename(folder)
            sync_folder(folder.parent)
        return {"commit": end, "folder": str(folder), "made": True}


def _wanted(order: dict) -> str:
    return typed.commit(order.get("commit"), "the commit")


def _require(builder: Builder, link: str, order: dict, end: str) -> None:
    """All that was looked at is looked at again: since then, minutes or another order may have passed."""
    start = typed.commit(order.get("from"), "the commit in use")
    named = builder.place.named(link)
    if named != start:
        raise Refused(f"{link} is at {brief(named)} by now, not at {brief(start)}; look again what would come.")
    if start == end:
        raise Refused(f"there is nothing newer: {brief(end)} is in use already.")
    with held(builder.fetch_lock, f"the look at {brief(end)}", PATIENCE):
        if not builder.mirror.folder.exists() or not builder.mirror.knows(end):
            builder.mirror.fetch()
        if not builder.mirror.knows(end):
            raise Refused(f"{builder.mirror.remote} has no commit {end}; look again what would come.")
        signed = objection.signature_of(builder, end)
        if why := objection.to(builder, link, start, end, order.get("again") is True, signed):
            raise Refused(why)


def _require_whole(builder: Builder, folder: Path, commit: str) -> None:
    flaw = "it is no folder" if folder.is_symlink() or not folder.is_dir() else builder.working_copy(folder).flaw(commit)
    if flaw:
        what = f"{folder} is not release {brief(commit)} as it was committed: {flaw}"
        raise Refused(f"{what}. Look at it and move it away, then say it again.")


def _clone(builder: Builder, folder: Path, commit: str) -> Path:
    unfinished = folder.with_suffix(".new")
    remove(unfinished)
    # A fetch may put the mirror's files in order, and take those away that are being copied.
    with held(builder.fetch_lock, f"the copy of {brief(commit)}", PATIENCE):
        builder.mirror.clone(commit, unfinished)
    return unfinished


@contextmanager
def _cleanly(take_away: Callable[[], None]) -> Iterator[None]:
    """What cannot be finished takes no room, least of all on a full disk."""
    try:
        yield
    except BaseException:
        take_away()
        raise
