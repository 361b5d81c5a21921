"""First program of a machine, already in its namespaces: builds its root file system and becomes systemd.

Runs without site packages; reads its order as JSON from standard input.
"""

from __future__ import annotations

import json
import os
import socket
import stat
import sys
import uuid
from pathlib import Path
from typing import Any

from sandbox import kernel
from sandbox.kernel import MS_NODEV, MS_NOEXEC, MS_NOSUID, MS_RDONLY, mount

SYSTEMD = "/lib/systemd/systemd"
DEVICES = {"null": (1, 3), "zero": (1, 5), "full": (1, 7), "random": (1, 8), "urandom": (1, 9), "tty": (5, 0)}
# What would touch the kernel, hardware or network that all machines share, or waits for a terminal.
MASKED = (
    "getty.target dbus.service dbus.socket systemd-logind.service systemd-udevd.service systemd-udev-trigger.service "
    "systemd-udevd-control.socket systemd-udevd-kernel.socket systemd-networkd.service systemd-networkd.socket "
    "systemd-resolved.service systemd-timesyncd.service systemd-update-utmp.service "
    "systemd-update-utmp-runlevel.service systemd-random-seed.service systemd-sysctl.service "
    "systemd-modules-load.service modprobe@.service sys-kernel-debug.mount sys-kernel-tracing.mount "
    "sys-kernel-config.mount sys-fs-fuse-connections.mount dev-hugepages.mount dev-mqueue.mount "
    "proc-sys-fs-binfmt_misc.automount systemd-binfmt.service systemd-ask-password-wall.path "
    "systemd-ask-password-console.path systemd-initctl.socket systemd-sysusers.service systemd-firstboot.service "
    "remote-fs.target swap.target systemd-pcrphase.service systemd-pcrphase-sysinit.service"
).split()

# Empty in the machine whatever the host keeps there.
OWN = ("/etc/systemd/system", "/etc/ssh", "/home", "/media", "/mnt", "/opt", "/root", "/srv", "/usr/local",
       "/var/cache", "/var/log", "/var/spool", "/var/tmp")


def build(order: dict[str, Any], disk: Path) -> Path:
    root, upper, work = disk / "root", disk / "upper", disk / "work"
    for folder in (root, upper, work):
        folder.mkdir(exist_ok=True)
    first = not any(upper.iterdir())
    specification = order["specification"]
    if first:
        for folder in (*OWN, *specification["hidden"]):
            _empty(upper, folder)
    mount("machine", str(root), "overlay", 0, f"lowerdir=/,upperdir={upper},workdir={work}")
    if first:
        _own_identity(root, specification["hostname"])
        _own_accounts(root)
        if specification["login"]:
            _login(root, **specification["login"])
        _own_services(root, specification["units"])
        for path, file in specification["files"].items():
            _write(root / path.lstrip("/"), file["text"], file["mode"])
    _kernel_file_systems(root)
    _devices(root / "dev", disk / "console")
    for path, mode in (("run", "755"), ("tmp", "1777")):
        mount("machine", str(root / path), "tmpfs", MS_NOSUID | MS_NODEV, f"mode={mode}")
    (root / "run/sshd").mkdir()
    for path, host in specification["shown"].items():
        seen = root / path.lstrip("/")
        seen.mkdir(parents=True, exist_ok=True)
        kernel.bind(host, str(seen), read_only=True)
    return root


def _own_identity(root: Path, hostname: str) -> None:
    _write(root / "etc/hostname", hostname + "\n")
    _write(root / "etc/hosts", f"127.0.0.1 localhost {hostname}\n")
    _write(root / "etc/machine-id", uuid.uuid4().hex + "\n", 0o444)
    for name in ("etc/resolv.conf", "etc/fstab"):
        _write(root / name, "")


def _own_accounts(root: Path) -> None:
    """The host's people are unknown here, and their passwords."""
    people = {row.split(":")[0] for row in _rows(root / "etc/passwd") if 1000 <= int(row.split(":")[2]) < 60_000}
    for name in ("passwd", "group"):
        kept = [row for row in _rows(root / "etc" / name) if row.split(":")[0] not in people]
        _write(root / "etc" / name, "\n".join(kept) + "\n")
    shadow = [f"{row.split(':')[0]}:*:19000:0:99999:7:::" for row in _rows(root / "etc/passwd")]
    _write(root / "etc/shadow", "\n".join(shadow) + "\n", 0o600)


def _login(root: Path, name: str, uid: int, authorized_keys: str) -> None:
    for file, row in (("passwd", f"{name}:x:{uid}:{uid}::/home/{name}:/bin/bash"), ("group", f"{name}:x:{uid}:"),
                      ("shadow", f"{name}:*:19000:0:99999:7:::")):
        with (root / "etc" / file).open("a") as accounts:
            accounts.write(row + "\n")
    home = root / "home" / name
    _write(home / ".ssh/authorized_keys", authorized_keys, 0o600)
    for path in (home, home / ".ssh", home / ".ssh/authorized_keys"):
        os.chown(path, uid, uid)


def _rows(file: Path) -> list[str]:
    return file.read_text().splitlines()


def _own_services(root: Path, units: list[str]) -> None:
    """None of the services that the host enables, only the machine's own."""
    for script in root.glob("etc/rc?.d/S*"):
        script.unlink()
    system = root / "etc/systemd/system"
    wanted = system / "multi-user.target.wants"
    wanted.mkdir(parents=True)
    (system / "default.target").symlink_to("/lib/systemd/system/multi-user.target")
    for unit in units:
        (wanted / unit).symlink_to(f"/lib/systemd/system/{unit}")
    for unit in MASKED:
        (system / unit).symlink_to("/dev/null")


def _empty(upper: Path, folder: str) -> None:
    """Makes a folder of the host empty and writable in the machine: an opaque folder in the machine's own layer."""
    path = upper
    for part in Path(folder.lstrip("/")).parts:
        path = path / part
        host = Path("/") / path.relative_to(upper)
        if not host.is_dir() or host.is_symlink():
            return
        if not path.exists():
            path.mkdir()
            path.chmod(stat.S_IMODE(host.stat().st_mode))
    os.setxattr(path, "trusted.overlay.opaque", b"y")


def _kernel_file_systems(root: Path) -> None:
    mount("proc", str(root / "proc"), "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC)
    for name in ("sys", "sysrq-trigger"):  # else a machine could set the host's kernel
        path = root / "proc" / name
        if path.exists():
            kernel.bind(str(path), str(path), read_only=True)
    mount("sysfs", str(root / "sys"), "sysfs", MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC)
    mount("cgroup2", str(root / "sys/fs/cgroup"), "cgroup2", MS_NOSUID | MS_NODEV | MS_NOEXEC)


def _devices(dev: Path, console: Path) -> None:
    mount("machine", str(dev), "tmpfs", MS_NOSUID, "mode=755")
    for name, (major, minor) in DEVICES.items():
        os.mknod(dev / name, stat.S_IFCHR | 0o666, os.makedev(major, minor))
        (dev / name).chmod(0o666)
    for name in ("pts", "shm"):
        (dev / name).mkdir()
    mount("devpts", str(dev / "pts"), "devpts", MS_NOSUID | MS_NOEXEC, "newinstance,ptmxmode=0666,mode=620,gid=5")
    mount("machine", str(dev / "shm"), "tmpfs", MS_NOSUID | MS_NODEV, "mode=1777")
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        (dev / name).symlink_to(f"/proc/self/fd/{number}")
    (dev / "fd").symlink_to("/proc/self/fd")
    (dev / "ptmx").symlink_to("pts/ptmx")
    console.touch()
    (dev / "console").touch()
    kernel.bind(str(console), str(dev / "console"))


def _write(path: Path, text: str, mode: int = 0o644) -> None:
    path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    if path.is_symlink():
        path.unlink()
    path.write_text(text)
    path.chmod(mode)


def enter(root: Path) -> None:
    os.chdir(root)
    (root / ".old").mkdir(exist_ok=True)
    kernel.pivot_root(".", ".old")
    kernel.unmount("/.old")
    os.rmdir("/.old")


def main() -> None:
    order = json.load(sys.stdin)
    Path(order["group"], "cgroup.procs").write_text("0")  # 0: this process, whose own number here is 1
    kernel.unshare(kernel.CLONE_NEWCGROUP)  # after joining: the group becomes the root that the machine sees
    os.umask(0o022)
    root = build(order, Path(order["disk"]))
    socket.sethostname(order["specification"]["hostname"])
    enter(root)
    quiet, console = os.open("/dev/null", os.O_RDONLY), os.open("/dev/console", os.O_WRONLY | os.O_APPEND)
    os.dup2(quiet, 0)
    for number in (1, 2):
        os.dup2(console, number)
    environment = {"container": "signalbox", "LANG": "C.UTF-8",
                   "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}
    os.execve(SYSTEMD, [SYSTEMD, "--system", "--log-target=console", "--show-status=0"], environment)


if __name__ == "__main__":
    main()
