"""Several checkouts share the tools that were made for the same requirements (SIGNALBOX_TOOLS)."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from workshop import Workshop, workshop


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workshop]:
    made = workshop(tmp_path)
    made.environment["SIGNALBOX_TOOLS"] = str(tmp_path / "tools")
    yield made
    made.shelf.shutdown()
    made.shelf.server_close()


def another(shop: Workshop, name: str) -> Workshop:
    """A second checkout of the same beside it."""
    folder = shop.folder.parent / name
    shutil.copytree(shop.folder, folder, ignore=shutil.ignore_patterns(".signalbox"))
    return Workshop(folder, shop.shelf, dict(shop.environment))


def python_of(shop: Workshop) -> str:
    """Runs with the tools and says where it is installed."""
    code = "import sys, tool; assert tool.WORKS; print(sys.prefix)"
    return subprocess.run([shop.private / "venv/bin/python", "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_what_one_has_made_the_other_uses(shop: Workshop) -> None:
    assert shop.does("setup")[0] == 0
    shop.shelf.downloads.clear()
    second = another(shop, "second")
    status, said = second.does("setup")
    assert (status, said) == (0, "")
    assert shop.shelf.downloads == []
    tools = shop.folder.parent / "tools"
    assert (shop.private / "venv").resolve() == (second.private / "venv").resolve()
    assert (second.private / "venv").resolve().parent == (second.private / "collections").resolve().parent == tools
    assert (second.private / "collections/ansible_collections/amazon/aws/MANIFEST.json").exists()
    assert python_of(shop) and python_of(second)


def test_other_requirements_get_tools_of_their_own_and_nothing_is_taken_away(shop: Workshop) -> None:
    shop.does("setup")
    for name in ("second", "third", "fourth"):
        other = another(shop, name)
        (other.folder / "requirements.txt").open("a").write(f"# {name}\n")
        assert other.does("setup")[0] == 0
        assert (other.private / "venv").resolve() != (shop.private / "venv").resolve()
        assert python_of(other)
    assert python_of(shop)


def test_a_checkout_remembers_that_it_shares(shop: Workshop) -> None:
    shop.does("setup")
    del shop.environment["SIGNALBOX_TOOLS"]
    shop.shelf.downloads.clear()
    before = {path: path.lstat().st_mtime_ns for path in shop.private.rglob("*")}
    assert shop.does("setup") == (0, "")
    assert shop.shelf.downloads == []
    assert {path: path.lstat().st_mtime_ns for path in shop.private.rglob("*")} == before


def test_reached_by_a_link_it_is_the_same_checkout(shop: Workshop) -> None:
    del shop.environment["SIGNALBOX_TOOLS"]
    assert shop.does("setup")[0] == 0
    (shop.folder.parent / "current").symlink_to(shop.folder.name)
    shop.shelf.downloads.clear()
    by_link = Workshop(shop.folder.parent / "current", shop.shelf, shop.environment)
    assert by_link.does("setup") == (0, "")
    assert shop.shelf.downloads == []


def test_a_set_up_that_failed_in_the_shared_folder_is_done_again(shop: Workshop) -> None:
    requirements = shop.folder / "requirements.txt"
    right = requirements.read_text()
    requirements.write_text(right.replace("sha256:", "sha256:0000"))
    assert shop.does("setup")[0] == 1
    assert not (shop.private / "venv").exists()
    requirements.write_text(right)
    assert shop.does("setup")[0] == 0
    assert python_of(shop)


def test_a_folder_that_depends_on_where_one_stands_is_refused(shop: Workshop) -> None:
    shop.environment["SIGNALBOX_TOOLS"] = "tools"
    status, said = shop.does("setup")
    assert status == 2 and "'tools'; a whole path is needed" in said
    assert not shop.private.exists()
