"""What releases share: venvs, collections and jars, each named by the digest of what it was made from."""

from __future__ import annotations

import os
import re
from pathlib import Path

from release.place import RELEASES, Place, remove

_TOOL = re.compile(r"[a-z]+\.([0-9a-f]{16})")


def unused(place: Place) -> list[Path]:
    """Those of which no release has the digest in a link below .signalbox, as venv -> …/tools/venv.<digest> or app -> app.<digest>."""
    used = {digest for commit in place.commits(RELEASES) for digest in _digests(place.release(commit) / ".signalbox")}
    folder = place.home / "tools"
    if not folder.is_dir():
        return []
    return [each for each in folder.iterdir() if (tool := _TOOL.fullmatch(each.name)) and tool[1] not in used]


def take_away(tool: Path) -> None:
    """The stamp first: it says that the tool is whole, to whoever would use it."""
    (tool.parent / "stamps" / tool.name).unlink(missing_ok=True)
    gone = tool.with_name(f"{tool.name}.old")
    remove(gone)
    tool.rename(gone)
    remove(gone)


def _digests(folder: Path) -> set[str]:
    if not folder.is_dir():
        return set()
    targets = (os.readlink(each).rpartition("/")[2] for each in folder.iterdir() if each.is_symlink())
    return {tool[1] for target in targets if (tool := _TOOL.fullmatch(target))}
