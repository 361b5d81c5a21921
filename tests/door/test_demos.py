"""Which folders are demos, which of them is meant, and what of the caller's reaches them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from parts import part


def demo(folder: Path, kind: str = "small\n") -> Path:
    folder.mkdir(mode=0o700)
    (folder / "signalbox-demo").write_text(kind)
    return folder


def refused(folder: Path) -> bool:
    ended = part("say demo", 'running_demo "$1"; is_small "$1"', str(folder))
    assert ended.returncode == 0 or f"there is no demo of yours in {folder}" in ended.stderr
    return ended.returncode != 0


def test_a_folder_with_a_marker_is_a_demo_where_both_are_the_callers(tmp_path: Path) -> None:
    assert not refused(demo(tmp_path / "mine"))
    (tmp_path / "empty").mkdir()
    assert refused(tmp_path / "empty")


def test_what_anybody_may_have_made_is_no_demo(tmp_path: Path) -> None:
    mine = demo(tmp_path / "mine")
    (tmp_path / "link").symlink_to(mine)
    linked = tmp_path / "linked"
    linked.mkdir(mode=0o700)
    (linked / "signalbox-demo").symlink_to(mine / "signalbox-demo")
    opened = demo(tmp_path / "opened")
    opened.chmod(0o777)
    assert [refused(folder) for folder in (tmp_path / "link", linked, opened)] == [True] * 3


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to give a folder away")
def test_what_another_account_made_is_no_demo(tmp_path: Path) -> None:
    theirs, marker = demo(tmp_path / "theirs"), demo(tmp_path / "marker")
    os.chown(theirs, 65534, 65534)
    os.chown(marker / "signalbox-demo", 65534, 65534)
    assert refused(theirs) and refused(marker)


def test_a_new_demo_is_a_folder_that_is_there_before_anybody_hears_its_name(tmp_path: Path) -> None:
    script = 'end_demo() { rmdir "$1"; }\nnew_demo\nstat -c "%F %a %u" "$demo"; readlink "$private"/demos/*\nprintf "%s\\n" "$demo"'
    kind, published, made = part("say caller demo", script, folder=tmp_path).stdout.splitlines()
    assert kind == f"directory 700 {os.getuid()}"
    assert published == made
    assert not Path(made).exists()


def test_of_several_demos_one_has_to_be_named_and_the_message_says_how(tmp_path: Path) -> None:
    folders = [demo(tmp_path / name) for name in ("one", "two")]
    (tmp_path / "demos").mkdir()
    for folder in folders:
        (tmp_path / "demos" / folder.name).symlink_to(folder)
    script = "running_demo '' 'as in: play --dir DIR FILE'"
    ended = part("say demo", script, folder=tmp_path)
    assert ended.returncode == 1
    assert "several demos run; say which, as in: play --dir DIR FILE:" in ended.stderr
    assert all(str(folder) in ended.stderr for folder in folders)


def test_no_setting_of_the_callers_reaches_a_demo(tmp_path: Path) -> None:
    callers = {"SIGNALBOX_REDIS_URI": "redis://real:6379/0", "AWS_PROFILE": "real", "ANSIBLE_CONFIG": "/real", "TERM": "xterm"}
    ended = part("say caller demo", 'end_demo() { rmdir "$1"; }\nnew_demo\nenv', folder=tmp_path, **callers)
    left = {line.partition("=")[0] for line in ended.stdout.splitlines()}
    assert left & callers.keys() == {"TERM"}


@pytest.mark.parametrize(("status", "ends"), [(0, True), (3, True), (1, False)])
def test_a_run_that_ends_by_itself_while_it_is_cancelled_is_not_left(tmp_path: Path, status: int, ends: bool) -> None:
    folder = demo(tmp_path / "demo")
    run = folder / "bot" / "state" / "runs" / "k3m9xw"
    run.mkdir(parents=True)
    (run / "claimed").touch()
    cancel = tmp_path / "python"
    cancel.write_text(f"#!/bin/sh\nexit {status}\n")
    cancel.chmod(0o755)
    ended = part("say demo_small", 'service() { :; }\nsystem_python=$2\nend_small "$1"', str(folder), str(cancel))
    assert (ended.returncode == 0) == ends, ended.stderr
    assert folder.exists() != ends
