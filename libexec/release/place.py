"""The folder of releases: what is there, what is in use, and the steps by which that changes, each whole or not at all."""

from __future__ import annotations

import ctypes
import datetime
import os
import re
import shutil
from pathlib import Path

from release.refused import Refused
from release.typed import COMMIT

RELEASES, CHECKOUTS = "releases", "checkouts"
_TARGET = re.compile(rf"(?:{RELEASES}|{CHECKOUTS})/([0-9a-f]{{40}})")
# Beside a release while it is built: it bears its own name then, since what is built holds its path.
_BUILDING = ".building"


class Place:
    def __init__(self, home: Path) -> None:
        if not home.is_dir():
            raise Refused(f"{home} is no folder; playbooks/signalbox_install.yml makes it")
        self.home = home

    def release(self, commit: str) -> Path:
        return self.home / RELEASES / commit

    def checkout(self, commit: str) -> Path:
        return self.home / CHECKOUTS / commit

    def is_release(self, commit: str) -> bool:
        return self.release(commit).is_dir() and not self._building(commit).exists()

    def files_of(self, commit: str) -> Path | None:
        """The folder that the link `playbooks` may name for this commit."""
        if self.is_release(commit):
            return self.release(commit)
        return self.checkout(commit) if self.checkout(commit).is_dir() else None

    def named(self, link: str) -> str:
        """The commit that a link names."""
        try:
            target = os.readlink(self.home / link)
        except OSError as error:
            by_hand = f"by hand: ln -sfn releases/COMMIT {link}"
            raise Refused(f"{self.home / link} is no link to a release ({error.strerror}); {by_hand}") from error
        # A person may have made it with the whole path.
        found = _TARGET.fullmatch(target.removeprefix(f"{self.home}/").rstrip("/"))
        if not found:
            raise Refused(f"{self.home / link} names {target}, which is no release; by hand: ln -sfn releases/COMMIT {link}")
        return found[1]

    def all_named(self) -> set[str]:
        """What any link in the folder names, also those of others, such as the broker's."""
        targets = (os.readlink(each).rstrip("/").rpartition("/")[2] for each in self.home.iterdir() if each.is_symlink())
        return {name for name in targets if COMMIT.fullmatch(name)}

    def point(self, link: str, target: Path) -> None:
        fresh = self.home / f".{link}.new"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(target.relative_to(self.home))
        fresh.rename(self.home / link)
        sync_folder(self.home)

    def begin(self, commit: str, unfinished: Path) -> Path:
        """Gives a working copy its name, marked as not built."""
        marker = self._building(commit)
        marker.touch()
        sync_folder(marker.parent)
        unfinished.rename(self.release(commit))
        return self.release(commit)

    def finish(self, commit: str) -> None:
        """All of it is on the disk before the mark goes."""
        sync_all(self.release(commit))
        self._building(commit).unlink()
        sync_folder(self.release(commit).parent)

    def abandon(self, commit: str) -> None:
        """Away with what was not finished; the mark last, so that what is left of it is never taken for a release."""
        remove(self.release(commit).with_suffix(".new"))
        remove(self.release(commit))
        self._building(commit).unlink(missing_ok=True)

    def is_unfinished(self, commit: str) -> bool:
        return self._building(commit).exists()

    def unfinished(self) -> list[Path]:
        """What an order that was cut off has left, but for builds."""
        folders = [self.home / name for name in (RELEASES, CHECKOUTS, "tools")]
        return [each for folder in folders if folder.is_dir() for each in folder.iterdir() if each.suffix in (".new", ".old")]

    def commits(self, kind: str) -> list[str]:
        folder = self.home / kind
        return [each.name for each in folder.iterdir() if COMMIT.fullmatch(each.name)] if folder.is_dir() else []

    def rejected(self) -> dict[str, str]:
        """Why each of these was taken back, with the time."""
        try:
            lines = (self.home / "rejected").read_text(errors="replace").splitlines()
        except FileNotFoundError:
            return {}
        parted = [line.partition(" ") for line in lines]
        return {commit: reason for commit, _, reason in parted if COMMIT.fullmatch(commit)}

    def forgive(self, commit: str) -> None:
        """It is tried again: should it fail again, it is rejected again."""
        if commit not in self.rejected():
            return
        file = self.home / "rejected"
        kept = [line for line in file.read_text(errors="replace").splitlines(keepends=True) if not line.startswith(commit)]
        write_whole(file, "".join(kept))

    def _building(self, commit: str) -> Path:
        return self.home / RELEASES / (commit + _BUILDING)


def write_whole(file: Path, text: str) -> None:
    """Complete or not at all, and on the disk when this returns."""
    unfinished = file.with_name(f".{file.name}.new")
    try:
        with open(unfinished, "w", encoding="utf-8") as opened:
            opened.write(text)
            opened.flush()
            os.fsync(opened.fileno())
        unfinished.rename(file)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
    sync_folder(file.parent)


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_all(folder: Path) -> None:
    """Everything that was written to the disk which the folder is on."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if library.syncfs(descriptor) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))
    finally:
        os.close(descriptor)


def remove(folder: Path) -> None:
    """Under another name first: what is half gone must not bear the name of a release."""
    if folder.suffix not in (".new", ".old") and os.path.lexists(folder):
        gone = folder.with_suffix(".old")
        if os.path.lexists(gone):
            remove(gone)
        folder.rename(gone)
        folder = gone
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder)
    else:
        folder.unlink(missing_ok=True)


def now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
