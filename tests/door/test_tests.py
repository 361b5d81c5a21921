"""What `./signalbox test WHAT` plays and runs: just what was named, from where the caller stands."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from parts import PROJECT, part

IN_THE_SANDBOX = "tests/conversations/test_conversations.py"
SMALL = "tests/conversations/test_small_conversations.py"
# Python prints what it would run.
SCRIPT = 'caller=$1\nshift\npython() { printf "%s\\n" "$@"; }\npython=python\nrun_tests "$@"\n'


def words(caller: Path, *asked: str, **environment: str) -> list[str]:
    ended = part("say caller tests", SCRIPT, str(caller), *asked, **environment)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.splitlines()


def test_a_conversation_is_played_from_where_the_caller_stands(tmp_path: Path) -> None:
    (tmp_path / "bug.chat").touch()
    said = words(tmp_path, "bug.chat")
    assert said[-2:] == ["--conversation", str(tmp_path / "bug.chat")]
    assert IN_THE_SANDBOX in said


@pytest.mark.parametrize(("name", "module"), [("small.chat", SMALL), ("bug.chat", IN_THE_SANDBOX)])
def test_just_that_conversation_is_collected_in_the_demo_that_it_is_about(tmp_path: Path, name: str, module: str) -> None:
    (tmp_path / name).touch()
    said = words(tmp_path, name)
    argv = [sys.executable, *said, "--collect-only"]
    found = subprocess.run(argv, cwd=PROJECT, capture_output=True, text=True, timeout=60).stdout.splitlines()
    assert [line for line in found if "[" in line] == [f"{module}::test_holds[{Path(name).stem}]"]


def test_a_test_file_is_read_from_where_the_caller_stands(tmp_path: Path) -> None:
    (tmp_path / "test_mine.py").touch()
    assert words(tmp_path, "test_mine.py::test_it", "-x")[-2:] == [f"{tmp_path}/test_mine.py::test_it", "-x"]
    assert words(PROJECT, "tests/door/test_tests.py")[-1] == f"{PROJECT}/tests/door/test_tests.py"


@pytest.mark.parametrize("lanes", [[], ["-n", "2"]], ids=["one lane", "two lanes"])
def test_tests_that_are_told_to_end_end_what_they_started(tmp_path: Path, lanes: list[str]) -> None:
    os.mkfifo(tmp_path / "begun")
    (tmp_path / "test_it.py").write_text(f"""
import pathlib, pytest, time
@pytest.fixture
def started():
    pathlib.Path({str(tmp_path / "started")!r}).touch()
    yield
    pathlib.Path({str(tmp_path / "ended")!r}).touch()
def test_it(started):
    pathlib.Path({str(tmp_path / "begun")!r}).write_text("now")
    while True:  # a signal that comes just before one wait ends the next
        time.sleep(1)
""")
    # As a shell starts what it does not wait for.
    behind = ["env", "--ignore-signal=INT"]
    argv = [*behind, sys.executable, "-m", "pytest", *lanes, "-p", "conftest", str(tmp_path / "test_it.py")]
    with subprocess.Popen(argv, cwd=PROJECT, stdout=subprocess.DEVNULL, text=True) as tests:
        assert (tmp_path / "begun").read_text() == "now"
        tests.terminate()
        assert tests.wait(60) == 2
    assert (tmp_path / "started").exists() and (tmp_path / "ended").exists()


@pytest.mark.parametrize("what", ["none.chat", "none.py", "conversations/small.chat"])
def test_what_is_not_there_is_refused(tmp_path: Path, what: str) -> None:
    ended = part("say caller tests", SCRIPT, str(tmp_path), what)
    assert ended.returncode == 2
    assert "test: there is no" in ended.stderr and what in ended.stderr
