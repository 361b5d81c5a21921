"""A real Linux machine with systemd as PID 1, in namespaces over the machine's own file system.

Needs root and a mount namespace of the caller's own: the machine's disk is mounted there and outlives a stop.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path

from sandbox import kernel
from sandbox.cgroup import Cgroup
from sandbox.place import PROJECT


@dataclass(frozen=True)
class File:
    text: str
    mode: int = 0o644


@dataclass(frozen=True)
class Login:
    """A person's account that may become root without a password, as cloud images have it."""

    name: str
    uid: int
    authorized_keys: str


@dataclass(frozen=True)
class Specification:
    hostname: str
    login: Login | None = None
    files: dict[str, File] = field(default_factory=dict)  # absolute path in the machine
    units: tuple[str, ...] = ()  # of /lib/systemd/system, started with the machine
    hidden: tuple[str, ...] = ()  # folders of the host that the machine must not see
    shown: dict[str, str] = field(default_factory=dict)  # path in the machine to folder of the host, which it may only read
    disk_megabytes: int = 1024


@dataclass
class Machine:
    name: str
    disk: Path  # an empty folder of the caller's
    group: Cgroup
    console: Path
    _process: subprocess.Popen[bytes] | None = None

    def start(self, specification: Specification) -> None:
        """Returns at once; a machine with sshd answers about half a second later."""
        if not self.disk.exists():
            self.disk.mkdir(parents=True)
            size = f"mode=755,size={specification.disk_megabytes}m"
            kernel.mount("machine", str(self.disk), "tmpfs", kernel.MS_NODEV, size)
        self.group.create()
        order = {"specification": asdict(specification), "disk": str(self.disk), "group": str(self.group.path)}
        namespaces = ["--mount", "--propagation", "private", "--uts", "--ipc", "--pid", "--fork", "--kill-child"]
        # -S -E: nothing of the caller's Python environment is needed, and it starts in a third of the time.
        boot = [sys.executable, "-S", "-E", "-m", "sandbox.machine_boot"]
        with self.console.open("ab") as console:
            self._process = subprocess.Popen(
                ["unshare", *namespaces, *boot],
                stdin=subprocess.PIPE, stdout=console, stderr=console, cwd=PROJECT, start_new_session=True,
            )
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order).encode())
        self._process.stdin.close()

    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def first_process(self) -> int:
        """Its process 1, by the number that it has here: the child of the program that made the namespaces."""
        assert self._process is not None
        parent = self._process.pid
        return int(Path(f"/proc/{parent}/task/{parent}/children").read_text())

    def stop(self) -> None:
        """Power off as when the plug is pulled; the disk stays."""
        if self._process is not None:
            self._process.kill()  # takes PID 1 with it, should it not have reached its group yet
            self._process.wait()
            self._process = None
        self.group.end()

    def destroy(self) -> None:
        self.stop()
        if self.disk.exists():
            kernel.unmount(str(self.disk))
            self.disk.rmdir()
