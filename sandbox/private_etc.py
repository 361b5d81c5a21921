"""The sandbox's own /etc: the account, the names of the balancers, no name server; the machine's stays as it is."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from sandbox import kernel
from sandbox.account import Account, with_line

ETC = Path("/etc")
NSSWITCH = """passwd: files
group: files
shadow: files
hosts: files
protocols: files
services: files
"""
# The repository belongs to the account; git run by root would otherwise refuse to read it.
GITCONFIG = "[safe]\n\tdirectory = *\n"


def cover(scratch: Path, account: Account) -> None:
    """Lays a writable layer over /etc in this mount namespace; needs one of its own."""
    kernel.mount("signalbox", str(scratch), "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV, "mode=755,size=64m")
    upper, work = scratch / "upper", scratch / "work"
    upper.mkdir(mode=0o755)
    work.mkdir(mode=0o755)
    kernel.mount("signalbox", str(ETC), "overlay", 0, f"lowerdir={ETC},upperdir={upper},workdir={work}")
    write("passwd", with_line((ETC / "passwd").read_text(), account.passwd_line()))
    write("group", with_line((ETC / "group").read_text(), account.group_line()))
    write("nsswitch.conf", NSSWITCH)
    write("resolv.conf", "")
    write("gitconfig", GITCONFIG)
    write_hosts({})


def write_hosts(names: dict[str, str]) -> None:
    """`names`: DNS name to address."""
    rows = ["127.0.0.1 localhost " + socket.gethostname(), "::1 localhost ip6-localhost ip6-loopback"]
    write("hosts", "\n".join([*rows, *(f"{address} {name}" for name, address in sorted(names.items()))]) + "\n")


def write(name: str, text: str) -> None:
    """A reader sees the old file or the new one, never half of it."""
    fresh = ETC / f".{name}.signalbox"
    fresh.write_text(text)
    fresh.chmod(0o644)
    os.replace(fresh, ETC / name)
