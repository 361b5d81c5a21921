from __future__ import annotations

from pathlib import Path

import pytest

from sandbox.cgroup import find_mount
from sandbox.trouble import Trouble

DEBIAN = "cgroup2 /sys/fs/cgroup cgroup2 rw,nosuid,nodev,noexec,relatime,nsdelegate,memory_recursiveprot 0 0"
HYBRID = ["tmpfs /sys/fs/cgroup tmpfs rw,relatime,mode=755 0 0",
          "cgroup /sys/fs/cgroup/cpu cgroup rw,relatime,cpu 0 0",
          "cgroup2 /sys/fs/cgroup/unified cgroup2 rw,relatime 0 0"]


def test_finds_cgroup2_where_debian_mounts_it() -> None:
    assert find_mount(["proc /proc proc rw 0 0", DEBIAN]) == Path("/sys/fs/cgroup")


def test_finds_cgroup2_beside_version_1() -> None:
    assert find_mount(HYBRID) == Path("/sys/fs/cgroup/unified")


def test_prefers_the_one_that_can_be_written() -> None:
    assert find_mount([DEBIAN.replace("rw", "ro", 1), HYBRID[2]]) == Path("/sys/fs/cgroup/unified")


def test_says_that_there_is_none() -> None:
    with pytest.raises(Trouble, match="no cgroup2 file system is mounted"):
        find_mount(HYBRID[:2])


def test_says_that_it_is_read_only() -> None:
    with pytest.raises(Trouble, match="/sys/fs/cgroup is mounted read-only"):
        find_mount([DEBIAN.replace("rw", "ro", 1)])
