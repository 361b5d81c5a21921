"""What the account can see: the code read-only at its own path, even below a folder that is closed to others."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sandbox import kernel
from sandbox.place import PROJECT, Place
from sandbox.trouble import Trouble


@dataclass(frozen=True)
class Shown:
    path: Path
    read_only: bool


def shown(place: Place) -> list[Shown]:
    """Outer folders first, so that one inside another is laid on top of it."""
    wanted = {PROJECT: Shown(PROJECT, True), place.root: Shown(place.root, False)}
    interpreter = Path(sys.prefix).resolve()
    if not interpreter.is_relative_to(PROJECT) and not interpreter.is_relative_to("/usr"):
        wanted.setdefault(interpreter, Shown(interpreter, True))
    return sorted(wanted.values(), key=lambda each: len(each.path.parts))


def refuse_unreadable(project: Path = PROJECT) -> None:
    for path in (project, project / "sandbox"):
        if not _open_to_others(path, stat.S_IROTH | stat.S_IXOTH):
            raise Trouble(f"{path} is closed to other accounts, and the demo's account must read it: "
                          f"chmod -R go+rX {project}")


def closed_parents(paths: Iterable[Path]) -> list[Path]:
    """The uppermost folders above these paths that other accounts may not enter."""
    found = {next((parent for parent in reversed(path.parents) if not _open_to_others(parent, stat.S_IXOTH)), None)
             for path in paths}
    return sorted(parent for parent in found if parent is not None)


def _open_to_others(path: Path, bits: int) -> bool:
    return path.stat().st_mode & bits == bits


def arrange(place: Place) -> None:
    """Covers the closed parents with empty folders and lays what is shown into them; needs a mount namespace."""
    views = shown(place)
    closed = closed_parents(view.path for view in views)
    handles = [os.open(view.path, os.O_PATH | os.O_DIRECTORY) for view in views]
    for folder in closed:
        kernel.mount("signalbox", str(folder), "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, "mode=755,size=1m")
    for view, handle in zip(views, handles, strict=True):
        if any(view.path.is_relative_to(folder) for folder in closed):
            view.path.mkdir(parents=True, exist_ok=True)
        kernel.bind(f"/proc/self/fd/{handle}", str(view.path), view.read_only)
        os.close(handle)
