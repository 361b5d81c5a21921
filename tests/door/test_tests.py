"""What `./signalbox test WHAT` plays and runs: just what was named, from where the caller stands."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from parts import PROJECT, part

MODULE = "tests/conversations/test_conversations.py"
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
    assert f"{MODULE}::test_holds" in said


@pytest.mark.parametrize(("name", "test"), [("small.chat", "test_holds_in_the_demo_that_needs_no_root"), ("bug.chat", "test_holds")])
def test_just_that_conversation_is_collected_in_the_demo_that_it_is_about(tmp_path: Path, name: str, test: str) -> None:
    (tmp_path / name).touch()
    said = words(tmp_path, name)
    argv = [sys.executable, *said, "--collect-only"]
    found = subprocess.run(argv, cwd=PROJECT, capture_output=True, text=True, timeout=60).stdout.splitlines()
    assert [line for line in found if "[" in line] == [f"{MODULE}::{test}[{Path(name).stem}]"]


def test_a_test_file_is_read_from_where_the_caller_stands(tmp_path: Path) -> None:
    (tmp_path / "test_mine.py").touch()
    assert words(tmp_path, "test_mine.py::test_it", "-x")[-2:] == [f"{tmp_path}/test_mine.py::test_it", "-x"]
    assert words(PROJECT, "tests/door/test_tests.py")[-1] == f"{PROJECT}/tests/door/test_tests.py"


def test_tests_that_are_told_to_end_end_what_they_started(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(f"""
import pathlib, pytest, signal
@pytest.fixture
def started():
    pathlib.Path({str(tmp_path / "started")!r}).touch()
    yield
    pathlib.Path({str(tmp_path / "ended")!r}).touch()
def test_it(started):
    print("begun", flush=True)
    signal.pause()
""")
    argv = [sys.executable, "-m", "pytest", "-s", "-p", "conftest", str(tmp_path / "test_it.py")]
    with subprocess.Popen(argv, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as tests:
        assert tests.stdout is not None
        assert any("begun" in line for line in tests.stdout)
        tests.terminate()
        assert tests.wait(30) == 2
    assert (tmp_path / "started").exists() and (tmp_path / "ended").exists()


@pytest.mark.parametrize("what", ["none.chat", "none.py", "conversations/small.chat"])
def test_what_is_not_there_is_refused(tmp_path: Path, what: str) -> None:
    ended = part("say caller tests", SCRIPT, str(tmp_path), what)
    assert ended.returncode == 2
    assert "test: there is no" in ended.stderr and what in ended.stderr
