"""The account without login that bot, Kafka and Redis run as: it exists only in the sandbox's own /etc."""

from __future__ import annotations

import grp
import os
import pwd
import zlib
from dataclasses import dataclass
from pathlib import Path

NAME = "signalbox"
FIRST, COUNT = 70_000, 20_000  # above every range that Debian gives away, below subordinate ids


@dataclass(frozen=True)
class Account:
    uid: int
    home: Path

    def passwd_line(self) -> str:
        return f"{NAME}:x:{self.uid}:{self.uid}:Signalbox demo:{self.home}:/usr/sbin/nologin"

    def group_line(self) -> str:
        return f"{NAME}:x:{self.uid}:"

    def own(self, *paths: Path) -> None:
        for path in paths:
            os.chown(path, self.uid, self.uid)

    def own_tree(self, top: Path) -> None:
        for folder, folders, files in os.walk(top):
            for name in (*folders, *files):
                os.lchown(os.path.join(folder, name), self.uid, self.uid)
        os.lchown(top, self.uid, self.uid)


def free_uid(seed: str, taken: frozenset[int]) -> int:
    """Two sandboxes get two, so that neither can touch the other's processes or files."""
    start = zlib.crc32(seed.encode())
    for step in range(COUNT):
        uid = FIRST + (start + step) % COUNT
        if uid not in taken:
            return uid
    raise RuntimeError("every id for the sandbox's account is taken")


def taken_ids() -> frozenset[int]:
    ids = {entry.pw_uid for entry in pwd.getpwall()} | {entry.gr_gid for entry in grp.getgrall()}
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                ids.add(entry.stat().st_uid)
            except FileNotFoundError:  # it ended while we looked
                continue
    return frozenset(ids)


def with_line(text: str, line: str) -> str:
    """The file with that account's line, in place of one of the same name."""
    name = line.split(":", 1)[0] + ":"
    kept = [row for row in text.splitlines() if not row.startswith(name)]
    return "\n".join([*kept, line]) + "\n"
