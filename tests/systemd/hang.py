"""Makes one thread of another process stand still, as one that waits for ever in the middle of a callback."""

from __future__ import annotations

import ctypes
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

WALL = 0x40000000  # also of a thread that is not its process' first
PTRACE_SEIZE, PTRACE_INTERRUPT, PTRACE_DETACH = 0x4206, 0x4207, 17
_libc = ctypes.CDLL(None, use_errno=True)
_libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
_libc.ptrace.restype = ctypes.c_long


def threads(pid: int, name: str) -> list[int]:
    """Those whose name begins like this; the kernel keeps fifteen letters of it."""
    tasks = Path(f"/proc/{pid}/task")
    return sorted(int(task.name) for task in tasks.iterdir() if (task / "comm").read_text().startswith(name[:15]))


@contextmanager
def standing_still(thread: int) -> Iterator[None]:
    """Its process goes on: all other threads turn."""
    _trace(PTRACE_SEIZE, thread)
    try:
        _trace(PTRACE_INTERRUPT, thread)
        os.waitpid(thread, WALL)
        # Where it is killed, its process is not over before whoever traces it has seen that.
        threading.Thread(target=_see_its_end, args=(thread,), daemon=True).start()
        yield
    finally:
        _libc.ptrace(PTRACE_DETACH, thread, None, None)  # in vain where it was killed meanwhile


def _see_its_end(thread: int) -> None:
    with suppress(ChildProcessError):  # it was let go
        os.waitpid(thread, WALL)


def _trace(what: int, thread: int) -> None:
    if _libc.ptrace(what, thread, None, None) != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"thread {thread}: {os.strerror(code)}")
