"""Control groups (cgroup2): everything the sandbox starts is in one, so that nothing can outlive it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sandbox.trouble import Trouble

MOUNTS = Path("/proc/mounts")


@dataclass(frozen=True)
class Cgroup:
    path: Path

    def child(self, name: str) -> Cgroup:
        return Cgroup(self.path / name)

    def create(self) -> Cgroup:
        self.path.mkdir(parents=True, exist_ok=True)
        return self

    def join(self) -> None:
        """Moves the calling process into it; its children are born there."""
        (self.path / "cgroup.procs").write_text(str(os.getpid()))

    def exists(self) -> bool:
        return self.path.is_dir()

    def processes(self) -> list[int]:
        """The process ids in it and below it; 0 stands for one of another pid namespace."""
        return [pid for procs in [self.path, *self._below()] for pid in _read_pids(procs / "cgroup.procs")]

    def end(self, patience: float = 10.0) -> None:
        """Kills whatever is in it or below it and removes it; nothing to do when it is gone."""
        deadline = time.monotonic() + patience
        while self.exists():
            self._kill()
            self._remove()
            if self.exists():
                if time.monotonic() > deadline:
                    raise Trouble(f"the processes {self.processes()} in {self.path} do not end")
                time.sleep(0.02)

    def _kill(self) -> None:
        try:
            (self.path / "cgroup.kill").write_text("1")
        except FileNotFoundError:
            return

    def _remove(self) -> None:
        for folder in [*sorted(self._below(), key=lambda f: len(f.parts), reverse=True), self.path]:
            try:
                folder.rmdir()
            except OSError:  # still busy or already gone: end() looks again
                continue

    def _below(self) -> list[Path]:
        return [Path(folder) for folder, _, _ in os.walk(self.path) if Path(folder) != self.path]


def own() -> Cgroup:
    """The one that the calling process is in."""
    line = next(line for line in Path("/proc/self/cgroup").read_text().splitlines() if line.startswith("0::"))
    return Cgroup(find_mount() / line.removeprefix("0::").lstrip("/"))


def _read_pids(file: Path) -> list[int]:
    try:
        return [int(line) for line in file.read_text().split()]
    except (FileNotFoundError, OSError):  # the group went away while being read
        return []


def find_mount(lines: Iterable[str] | None = None) -> Path:
    """Where a writable cgroup2 is: /sys/fs/cgroup on Debian 12, /sys/fs/cgroup/unified where version 1 is beside it."""
    rows = [line.split() for line in (MOUNTS.read_text().splitlines() if lines is None else lines)]
    mounts = [(Path(row[1]), row[3].split(",")) for row in rows if len(row) > 3 and row[2] == "cgroup2"]
    if not mounts:
        raise Trouble("no cgroup2 file system is mounted here; the sandbox needs one "
                      "(as root: mount -t cgroup2 none /sys/fs/cgroup)")
    for path, options in mounts:
        if "rw" in options:
            return path
    raise Trouble(f"cgroup2 at {mounts[0][0]} is mounted read-only; the sandbox needs a writable one "
                  "(in a container: run it with --privileged and its own cgroup namespace)")


def create(name: str) -> Cgroup:
    group = Cgroup(find_mount() / name)
    try:
        group.create()
    except OSError as error:
        raise Trouble(f"cannot make the control group {group.path}: {error.strerror}; "
                      "the sandbox needs a cgroup2 that root may write") from error
    if not (group.path / "cgroup.kill").exists():
        group.path.rmdir()
        raise Trouble("this kernel's cgroup2 has no cgroup.kill; the sandbox needs Linux 5.14 or newer")
    return group
