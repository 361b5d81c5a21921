"""Ends a run from outside: asks the child, then insists, then ends all that is left of it."""

from __future__ import annotations

import os
import select
import signal
import time

from run.folder import Folder
from run.processes import Process, boot_id, kill_all

ENDED, FAILED, TOO_LATE = 0, 1, 3
LAST_WORDS = 10.0


def cancel(folder: Folder, grace: float) -> int:
    if folder.has("exit"):
        return TOO_LATE
    # First this, then a look at `pid`; the wrapper writes `pid`, then looks for this: one of us sees the other.
    folder.write("cancelled", {"at": time.time()})
    record = folder.read("pid")
    if record is None:
        return ENDED  # whichever wrapper comes to it finds `cancelled` and starts nothing
    if record["boot"] != boot_id():
        return _conclude(folder)
    wrapper, child = Process.from_record(record["wrapper"]), Process.from_record(record["child"])
    for number in (signal.SIGINT, signal.SIGTERM):
        if not child.lives():
            break
        child.send(number)
        await_end(child, grace)
    if child.lives() and not kill_all(wrapper, child, folder.mark()):
        return FAILED
    await_end(wrapper, LAST_WORDS)
    if folder.has("exit"):
        return ENDED
    if wrapper.lives():
        return FAILED
    return _conclude(folder) if kill_all(wrapper, child, folder.mark()) else FAILED


def _conclude(folder: Folder) -> int:
    """The wrapper is gone and so is all it started: nobody else will write this run's end, and nobody knows its status."""
    folder.conclude({"status": "cancelled", "begun": True})
    return ENDED


def await_end(process: Process, seconds: float) -> None:
    try:
        descriptor = os.pidfd_open(process.pid)
    except ProcessLookupError:
        return
    try:
        if process.lives():
            select.select([descriptor], [], [], seconds)
    finally:
        os.close(descriptor)
