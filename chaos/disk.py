"""A small disk of one server's own, that can be filled to the last byte. Needs root."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from pathlib import Path

from sandbox.kernel import MS_NODEV, MS_NOSUID, mount, unmount

PIECE = 1 << 20


@dataclass(frozen=True)
class Disk:
    folder: Path

    @staticmethod
    def mounted(folder: Path, mebibytes: int) -> Disk:
        mount("signalbox-chaos", str(folder), "tmpfs", MS_NOSUID | MS_NODEV, f"size={mebibytes}m,mode=0700")
        return Disk(folder)

    @property
    def _filler(self) -> Path:
        return self.folder / "filler"

    def fill(self) -> None:
        """Ever smaller pieces, until not one more byte has room."""
        with self._filler.open("ab", buffering=0) as file:
            size = PIECE
            while size:
                try:
                    file.write(b"\0" * size)
                except OSError as error:
                    if error.errno != errno.ENOSPC:
                        raise
                    size //= 2

    def is_full(self) -> bool:
        return os.statvfs(self.folder).f_bavail == 0

    def free(self) -> None:
        self._filler.unlink(missing_ok=True)

    def unmount(self) -> None:
        unmount(str(self.folder))
