"""The few Linux system calls that Python 3.11 has no function for. Needs the standard library only."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 32, 4096, 16384, 1 << 18
MNT_DETACH = 2
CLONE_NEWCGROUP, CLONE_NEWNET = 0x02000000, 0x40000000
PR_SET_PDEATHSIG = 1
SYS_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}

_libc = ctypes.CDLL(None, use_errno=True)


def _checked(result: int, tried: str) -> None:
    if result != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{tried}: {os.strerror(code)}")


def mount(source: str, target: str, kind: str = "", flags: int = 0, data: str = "") -> None:
    result = _libc.mount(
        source.encode(), target.encode(), kind.encode() or None, ctypes.c_ulong(flags), data.encode() or None
    )
    _checked(result, f"mount {kind or 'bind'} {source} on {target}")


def bind(source: str, target: str, read_only: bool = False) -> None:
    """Shows `source` with all that is mounted below it at `target`."""
    mount(source, target, flags=MS_BIND | MS_REC)
    if read_only:
        # The kernel refuses a remount that drops a flag of the mount below, so those are kept.
        mount("none", target, flags=MS_BIND | MS_REMOUNT | MS_RDONLY | _kept_flags(target))


def _kept_flags(target: str) -> int:
    flags = os.statvfs(target).f_flag
    return sum(ours for ours, theirs in ((MS_NOSUID, os.ST_NOSUID), (MS_NODEV, os.ST_NODEV), (MS_NOEXEC, os.ST_NOEXEC))
               if flags & theirs)


def unmount(target: str) -> None:
    """Takes the mount away now and frees it when its last user is gone."""
    _checked(_libc.umount2(target.encode(), MNT_DETACH), f"unmount {target}")


def pivot_root(new: str, old: str) -> None:
    number = SYS_PIVOT_ROOT[os.uname().machine]
    _checked(_libc.syscall(number, new.encode(), old.encode()), f"pivot_root {new}")


def unshare(flags: int) -> None:
    _checked(_libc.unshare(flags), "unshare")


def enter_network(namespace: Path) -> None:
    """Puts the calling thread into that network namespace."""
    handle = os.open(namespace, os.O_RDONLY)
    try:
        _checked(_libc.setns(handle, CLONE_NEWNET), f"setns {namespace}")
    finally:
        os.close(handle)


def die_with_parent(signal_number: int) -> None:
    _checked(_libc.prctl(PR_SET_PDEATHSIG, signal_number, 0, 0, 0), "prctl PR_SET_PDEATHSIG")
