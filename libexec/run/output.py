"""What a run prints, kept within a limit: its beginning and its end, which are what people look for.

The child writes into the file itself, since a pipe would end with whoever reads it. So the middle is given back to the
disk as holes while it grows, and closed up when the run is over.
"""

from __future__ import annotations

import ctypes
import os
import sys

from run.folder import Folder

FALLOC_FL_KEEP_SIZE, FALLOC_FL_PUNCH_HOLE = 1, 2
BLOCK = 4096
STEP = 1 << 20
LONGEST_LINE = 64 * 1024
NAME = "output.log"


class Output:
    """Half of `limit` bytes are kept of the beginning, the other half of the end; None keeps everything."""

    def __init__(self, folder: Folder, limit: int | None) -> None:
        self.folder = folder
        self.half = None if limit is None else max(BLOCK, limit // 2 // BLOCK * BLOCK)
        self.cut = 0  # the end of the hole; 0 where there is none

    def shorten(self) -> None:
        """To be called now and then while the run is under way."""
        if self.half is None:
            return
        try:
            size = os.stat(self.folder.file(NAME)).st_size
            end = (size - self.half) // BLOCK * BLOCK
            if end - max(self.cut, self.half) >= STEP:
                self._punch(end)
        except OSError as error:
            print(f"signalbox-run: {NAME} can grow without a limit: {error.strerror}", file=sys.stderr, flush=True)
            self.half = None

    def close_up(self) -> None:
        """At the end: what is left becomes one text, whole lines, with a word about what is missing."""
        if not self.cut:
            return
        try:
            self._rewrite()
        except OSError as error:
            print(f"signalbox-run: {NAME} keeps a hole in its middle: {error.strerror}", file=sys.stderr, flush=True)

    def _punch(self, end: int) -> None:
        descriptor = os.open(self.folder.file(NAME), os.O_WRONLY)
        try:
            start = max(self.cut, self.half)
            call = ctypes.CDLL(None, use_errno=True).fallocate
            call.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_int64, ctypes.c_int64]
            if call(descriptor, FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE, start, end - start) != 0:
                raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
            self.cut = end
        finally:
            os.close(descriptor)

    def _rewrite(self) -> None:
        whole = self.folder.file(NAME)
        short = self.folder.file(f".{NAME}.{os.urandom(6).hex()}")
        try:
            with open(whole, "rb") as old, open(os.open(short, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as new:
                head, tail = self._ends(old)
                new.write(old.read(head))
                new.write(f"\n[signalbox: {tail - head} bytes were left out here, as run.output-size says]\n\n".encode())
                old.seek(tail)
                while part := old.read(STEP):
                    new.write(part)
            os.rename(short, whole)
        except OSError:
            if os.path.lexists(short):
                os.unlink(short)
            raise

    def _ends(self, old) -> tuple[int, int]:  # noqa: ANN001
        """Where the beginning ends and the end begins, at the ends of lines where lines are not endless."""
        old.seek(max(0, self.half - LONGEST_LINE))
        before = old.read(self.half - old.tell()).rfind(b"\n")
        head = self.half if before < 0 else max(0, self.half - LONGEST_LINE) + before + 1
        old.seek(self.cut)
        after = old.read(LONGEST_LINE).find(b"\n")
        tail = self.cut if after < 0 else self.cut + after + 1
        old.seek(0)
        return head, tail
