"""One order at a time changes the folder of releases. What a build has started holds the lock as well as we do."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from release.refused import Refused

_BETWEEN_LOOKS = 0.1


@contextmanager
def held(file: Path, what: str, patience: float = 0.0) -> Iterator[int]:
    """Refused where another order has it; `patience` is how many seconds it is waited for."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _take(descriptor, file, what, time.monotonic() + patience)
        _name_holder(descriptor, what)
        yield descriptor
        _name_holder(descriptor, "")
    finally:
        os.close(descriptor)


def _name_holder(descriptor: int, what: str) -> None:
    """For whoever finds it taken. A full disk keeps nobody from making room on it."""
    with suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, what.encode(), 0)


def _take(descriptor: int, file: Path, what: str, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError as error:
            if time.monotonic() >= deadline:
                holder = file.read_text(errors="replace") or "another order"
                raise Refused(f"{what} has to wait: {holder} is under way. Say it again when that is over.") from error
        time.sleep(_BETWEEN_LOOKS)
