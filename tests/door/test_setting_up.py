"""The door sets itself up once, and gets over being cut off, doubled, or without what it needs."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from workshop import PROJECT, Workshop, workshop


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workshop]:
    made = workshop(tmp_path)
    yield made
    made.shelf.shutdown()
    made.shelf.server_close()


def works(shop: Workshop) -> bool:
    python = shop.private / "venv" / "bin" / "python"
    runs = subprocess.run([python, "-c", "import tool; assert tool.WORKS"], check=False).returncode == 0
    found = {path.parent.parent.name for path in shop.private.glob("collections/ansible_collections/*/*/MANIFEST.json")}
    return runs and found == {"amazon", "community", "ansible"}


def test_a_first_start_makes_the_tools_and_a_second_does_nothing_and_asks_nobody(shop: Workshop) -> None:
    status, said = shop.does("setup")
    assert status == 0, said
    assert works(shop)
    assert [line for line in said.splitlines() if "installing the Python tools" in line]
    before = {path: path.lstat().st_mtime_ns for path in shop.private.rglob("*")}
    shop.shelf.downloads.clear()
    assert shop.does("setup") == (0, "")
    assert shop.shelf.downloads == []
    assert {path: path.lstat().st_mtime_ns for path in shop.private.rglob("*")} == before


def test_the_big_wheel_of_the_collections_is_not_kept(shop: Workshop) -> None:
    shop.does("setup")
    assert not list(shop.private.rglob("*.whl"))
    assert not (shop.private / "collections" / "ansible_collections" / "other").exists()


def test_a_start_that_was_killed_half_way_is_finished_by_the_next(shop: Workshop) -> None:
    shop.shelf.hold()
    cut_off = shop.door("setup")
    assert shop.shelf.asked.wait(30), "pip never asked for a package"
    os.killpg(cut_off.pid, signal.SIGKILL)
    cut_off.communicate()
    assert not (shop.private / "stamps" / "venv").exists()
    shop.shelf.released.set()
    status, said = shop.does("setup")
    assert status == 0, said
    assert works(shop)


def test_two_starts_at_once_make_it_once(shop: Workshop) -> None:
    shop.shelf.hold()
    first = shop.door("setup")
    assert shop.shelf.asked.wait(30)
    second = shop.door("setup")
    assert second.stderr is not None
    assert "waiting for another start" in second.stderr.readline()
    shop.shelf.released.set()
    first.communicate(timeout=60)
    second.communicate(timeout=60)
    assert (first.returncode, second.returncode) == (0, 0)
    assert sorted(shop.shelf.downloads) == ["collections_wheel-1.0-py3-none-any.whl", "tool-1.0-py3-none-any.whl"]
    assert works(shop)


def test_a_package_with_another_hash_is_not_installed_and_it_says_what_to_do(shop: Workshop) -> None:
    requirements = shop.folder / "requirements.txt"
    right = requirements.read_text()
    requirements.write_text(re.sub("sha256:....", "sha256:0000", right))
    status, said = shop.does("setup")
    assert status == 1
    assert "DO NOT MATCH" in said and "could not be installed" in said and "say the same again" in said
    assert not (shop.private / "venv").exists()
    requirements.write_text(right)
    assert shop.does("setup")[0] == 0
    assert works(shop)


def test_changed_requirements_are_followed_and_tools_in_use_stay(shop: Workshop) -> None:
    shop.does("setup")
    old = (shop.private / "venv").resolve()
    (shop.folder / "requirements.txt").open("a").write("# a comment\n")
    assert shop.does("setup")[0] == 0
    assert (shop.private / "venv").resolve() != old
    assert (old / "bin" / "python").exists()


def without(tmp_path: Path, *programs: str) -> str:
    """A PATH with everything of this machine but these."""
    bare = tmp_path / "bin"
    bare.mkdir()
    for program in Path("/usr/bin").iterdir():
        if program.name not in programs:
            (bare / program.name).symlink_to(program)
    return str(bare)


def test_without_root_it_says_the_exact_line_to_run_and_stops(shop: Workshop, tmp_path: Path) -> None:
    shop.environment["PATH"] = without(tmp_path, "redis-server", "git")
    argv = ["./signalbox", "setup"]
    if os.geteuid() == 0:
        for parent in (shop.folder.parent, *tmp_path.parents):
            if not parent.stat().st_mode & 1:
                parent.chmod(0o755)
        argv = ["/usr/bin/setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", *argv]
    ended = subprocess.run(argv, cwd=shop.folder, env=shop.environment, capture_output=True, text=True)
    assert ended.returncode == 1
    assert "lacks these packages: git redis-server" in ended.stderr
    assert "    sudo ./signalbox packages" in ended.stderr
    assert not shop.private.exists()


def test_without_apt_it_names_what_is_missing_and_the_line_for_debian(shop: Workshop, tmp_path: Path) -> None:
    shop.environment["PATH"] = without(tmp_path, "redis-server", "apt-get", "dpkg")
    status, said = shop.does("setup")
    assert status == 1
    assert "redis-server" in said and "no apt-get" in said and "./signalbox packages" in said
    assert not shop.private.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to take the network away")
def test_the_project_itself_starts_again_without_a_network() -> None:
    subprocess.run(["./signalbox", "build"], cwd=PROJECT, check=True, timeout=300)
    ended = subprocess.run(
        [shutil.which("unshare") or "unshare", "--net", "./signalbox", "build"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
