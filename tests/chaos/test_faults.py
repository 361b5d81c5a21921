"""What breaks when, and the disks that fill up."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

from chaos.disk import Disk  # noqa: E402
from chaos.faults import LASTS, schedule  # noqa: E402
from chaos.parts import Part, ServiceManager  # noqa: E402

root = pytest.mark.skipif(os.geteuid() != 0, reason="mounts need root")


def test_the_same_seed_breaks_the_same_things() -> None:
    assert list(islice(schedule(7), 40)) == list(islice(schedule(7), 40))
    assert list(islice(schedule(7), 40)) != list(islice(schedule(8), 40))


def test_every_kind_comes_alone_before_any_comes_with_another() -> None:
    windows = list(islice(schedule(7), len(LASTS)))
    assert sorted(window.kind for window in windows) == sorted(f"{part} {how}" for part, how in LASTS)


def test_two_at_once_are_of_two_parts_and_each_ends() -> None:
    pairs = [window for window in islice(schedule(7), 80) if len(window.faults) == 2]
    assert pairs
    for window in pairs:
        assert window.kind == "two at once"
        assert window.faults[0].part != window.faults[1].part
        steps = window.steps()
        assert [when for when, _, _ in steps] == sorted(when for when, _, _ in steps)
        for fault in window.faults:
            assert [what for _, what, of in steps if of is fault] == ["begin", "end"]


@root
@pytest.mark.root
def test_a_full_disk_takes_not_one_more_byte_until_it_is_freed(tmp_path: Path) -> None:
    disk = Disk.mounted(tmp_path, 3)
    try:
        disk.fill()
        assert disk.is_full()
        with pytest.raises(OSError) as refused, (tmp_path / "more").open("wb", buffering=0) as file:
            file.write(b"x")
        assert refused.value.errno == errno.ENOSPC
        disk.free()
        (tmp_path / "more").write_bytes(b"x" * 4096)
    finally:
        disk.unmount()


def wait_until(condition, seconds: float = 10.0) -> None:  # noqa: ANN001
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not become so"
        time.sleep(0.02)


def test_the_service_manager_starts_again_what_ended_by_itself_and_not_what_was_killed(tmp_path: Path) -> None:
    part = Part("sleeper", ["/usr/bin/sleep", "60"], tmp_path, lambda pid: True)
    manager = ServiceManager([part])
    manager.begin()
    try:
        manager.start(part)
        first = part.process.pid
        os.kill(first, signal.SIGTERM)
        wait_until(lambda: part.lives() and part.process.pid != first)
        assert [(name, how) for _, name, how in manager.ended] == [("sleeper", -signal.SIGTERM)]
        manager.kill(part)
        assert not part.lives()
        assert len(manager.ended) == 1
    finally:
        manager.over()
        part.end()


@root
@pytest.mark.root
def test_who_is_not_root_is_told_so() -> None:
    done = subprocess.run(
        ["setpriv", "--reuid", "65534", "--clear-groups", "./signalbox", "chaos"], cwd=PROJECT, capture_output=True, text=True, timeout=60
    )  # fmt: skip
    assert (done.returncode, "needs root" in done.stderr) == (3, True)
