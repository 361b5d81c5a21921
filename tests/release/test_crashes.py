"""The builder is killed before each of its calls in turn: what is half done is never taken for a release."""

from __future__ import annotations

import json
import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from release_site import LIBEXEC, PROGRAM, Repository, Site

SCRIPT = Path(__file__).with_name("crash_at.py")


def crash(site: Site, number: int, order: dict) -> str | None:
    """The call before which the builder died, or None where it came to its end."""
    ours, theirs = socket.socketpair()
    argv = [*PROGRAM[:-1], str(SCRIPT), str(number), str(LIBEXEC), str(site.home), str(site.file)]
    with ours, theirs:
        ours.sendall(json.dumps(order).encode() + b"\n")
        environment = {"PATH": os.environ["PATH"], "HOME": str(site.folder)}
        ended = subprocess.run(argv, stdin=theirs, capture_output=True, env=environment, text=True, timeout=60, check=False)
    assert ended.returncode == (-9 if ended.stdout else 0), ended.stderr
    return ended.stdout.strip() or None


def kills(site: Site, order: dict) -> Iterator[str]:
    """Kills it before one call after the other, until it comes to its end."""
    number = 1
    while call := crash(site, number, order):
        yield call
        number += 1


def is_whole(site: Site, commit: str) -> bool:
    place = site.home / "releases" / commit
    return (place / ".signalbox/app").exists() and (place / "VERSION").exists()


def test_a_build_that_was_cut_off_anywhere_is_no_release_and_is_made_anew(site: Site, repository: Repository, first: str) -> None:
    second = repository.commit("The second")
    site.done("look")
    switch = ("switch", "current", "--from", first, "--to", second)
    seen = set()
    for call in kills(site, {"order": "build", "commit": second, "from": first}):
        seen.add(call)
        assert site.named() == f"releases/{first}"
        answer = site.order(*switch)
        # Built to its end, and killed only after that: then it is one, whole and on the disk.
        assert "refused" in answer or is_whole(site, second), call
        if "done" in answer:
            site.done("switch", "current", "--from", second, "--to", first)
    assert {"Popen", "touch", "rename", "fsync", "unlink"} <= seen

    site.done("build", second, "--from", first)
    site.done(*switch)
    assert is_whole(site, second)


def test_a_checkout_that_was_cut_off_anywhere_is_made_anew(site: Site, repository: Repository, first: str) -> None:
    second = repository.commit("The second")
    site.done("look")
    seen = set()
    for call in kills(site, {"order": "checkout", "commit": second, "from": first}):
        seen.add(call)
        place = site.home / "checkouts" / second
        assert not place.exists() or (place / "VERSION").exists()
    assert {"Popen", "rename", "fsync"} <= seen
    assert site.done("checkout", second, "--from", first)["folder"] == str(site.home / "checkouts" / second)


def test_a_switch_that_was_cut_off_anywhere_names_one_or_the_other(site: Site, repository: Repository, first: str) -> None:
    second = repository.commit("The second")
    site.done("build", second, "--from", first)
    seen, ends = set(), set()
    for call in kills(site, {"order": "switch", "link": "current", "from": first, "to": second}):
        seen.add(call)
        ends.add(site.named())
        assert {site.named(), site.named("playbooks")} <= {f"releases/{first}", f"releases/{second}"}
        if site.named() == f"releases/{second}":
            assert site.named("playbooks") == site.named(), "the new bot would read the old catalog"
            assert site.done("before")["to"] == first, "the way back was not noted"
            site.done("switch", "current", "--from", second, "--to", first)
        else:
            assert "no release before" in site.refused("before") or len(ends) == 2
    assert {"write", "rename", "symlink_to", "fsync"} <= seen and len(ends) == 2


def test_a_removal_that_was_cut_off_anywhere_leaves_no_half_of_a_release(site: Site, repository: Repository, first: str) -> None:
    commits = [first, *(repository.commit(f"Release {number}") for number in range(2, 7))]
    for commit in commits[1:]:
        site.update(commit)
    history = site.home / "history"
    history.write_text("".join(f"19{line[2:]}" for line in history.read_text().splitlines(keepends=True)))
    for _ in kills(site, {"order": "prune"}):
        for commit in site.contents()["releases"]:
            assert not len(commit) == 40 or is_whole(site, commit)
    assert site.contents()["releases"] == sorted(commits[-3:])


@pytest.mark.root
@pytest.mark.skipif(os.getuid() != 0, reason="a disk of its own takes root")
@pytest.mark.parametrize("size", ["700k", "900k", "1200k", "2m"])
def test_a_full_disk_refuses_and_leaves_room(site: Site, repository: Repository, first: str, size: str) -> None:
    """Full in the middle of fetching, of cloning, of building: each time what was begun is taken away again."""
    build = "head -c 50000000 /dev/zero >.signalbox/large || { echo no room >&2; exit 1; }"
    second = repository.commit("The second", build=build, large="x" * 300_000)
    disk = site.folder / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size},mode=755", "tmpfs", str(disk)], check=True, timeout=20)
    try:
        subprocess.run(["cp", "-a", f"{site.home}/.", str(disk)], check=True, timeout=20)
        home, free = site.home.rename(site.folder / "away"), os.statvfs(disk).f_bavail
        site.home.symlink_to(disk)
        looked = site.order("look")
        said = site.refused("build", second, "--from", first) if "done" in looked else looked["refused"]
        assert "No space left" in said or "no room" in said or "failed" in said, said
        assert site.contents()["releases"] == [first] and site.named() == f"releases/{first}"
        assert not list((home / "releases").glob("*.new"))
        mirror = sum(each.stat().st_blocks // 8 + 1 for each in (disk / "mirror.git").rglob("*") if each.is_file())
        assert os.statvfs(disk).f_bavail >= free - mirror - 200, "what was begun takes room"
    finally:
        subprocess.run(["umount", str(disk)], check=True, timeout=20)
