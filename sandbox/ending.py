"""The end of a sandbox: its processes by their control group, then what it wrote."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from sandbox import cgroup, identity
from sandbox.cgroup import Cgroup
from sandbox.place import Place
from sandbox.trouble import Trouble

ORDERLY = 20.0  # seconds


def remove(place: Place, group: Cgroup) -> None:
    """Ends every process in the group, which the caller is not in, then removes group and folder."""
    group.end()
    if place.marker.exists():
        forget_temporary(place.facts()["uid"])
        shutil.rmtree(place.root)
    elif place.root.exists():
        place.root.rmdir()  # it was not begun


def forget_temporary(uid: int, folders: Iterable[Path] = (Path("/tmp"), Path("/var/tmp"))) -> None:
    """What the account's programs left beside the folder: a JVM, for one, insists on /tmp."""
    for folder in folders:
        for entry in os.scandir(folder):
            with suppress(FileNotFoundError):  # other programs tidy up there as well
                if entry.stat(follow_symlinks=False).st_uid == uid:
                    _remove(entry)


def _remove(entry: os.DirEntry[str]) -> None:
    if entry.is_dir(follow_symlinks=False):
        shutil.rmtree(entry.path, onerror=_fine_where_gone)
    else:
        os.unlink(entry.path)


def _fine_where_gone(_tried: object, _path: str, raised: tuple[type[BaseException], BaseException, object]) -> None:
    if not isinstance(raised[1], FileNotFoundError):
        raise raised[1]


def down(place: Place) -> bool:
    """True when there was something. Works as well when the supervisor was killed or never came up."""
    group = cgroup.Cgroup(cgroup.find_mount() / place.group_name)
    place.refuse_foreign()
    there = group.exists() or place.marker.exists()
    if place.root.exists() and not place.marker.exists() and any(place.root.iterdir()):
        raise Trouble(f"{place.root} holds files but no marker of a sandbox; nothing in it was touched")
    supervisor = identity.recorded(place.supervisor_pid)
    if supervisor is not None and supervisor.send(signal.SIGTERM):
        supervisor.wait(ORDERLY)
    remove(place, group)
    return there
