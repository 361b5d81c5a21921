"""Every conversation holds, played in one demo: a fresh brain, audit topic and environments for each."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from played import FILES, PLAY_SECONDS, PROJECT, door, is_small, one_test_each

UP_SECONDS, DOWN_SECONDS = 600, 120
LOG_LINES = 40


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    one_test_each(metafunc, small=False)


@pytest.fixture(scope="module")
def demo() -> Iterator[Path]:
    if os.geteuid() != 0:
        pytest.skip("the sandbox needs root")
    folder = Path(door("demo", "--keep", seconds=UP_SECONDS).splitlines()[-1])
    yield folder
    door("demo", "--stop", str(folder), seconds=DOWN_SECONDS)


def test_there_are_conversations() -> None:
    assert {is_small(path) for path in FILES} == {True, False}


def test_holds(demo: Path, conversation: Path) -> None:
    player = [sys.executable, str(PROJECT / "libexec" / "play"), "--socket", str(demo / "bot" / "state" / "play.sock")]
    ended = subprocess.run(
        [*player, "--demo", str(demo), str(conversation)],
        cwd=PROJECT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=PLAY_SECONDS,
    )
    assert ended.returncode == 0, f"{ended.stdout}\n{last_lines(demo / 'log' / 'bot.log')}"


def test_the_bots_event_loop_was_never_blocked(demo: Path) -> None:
    """By Vert.x' own checker, through all that was played before."""
    assert " Ready" in (log := (demo / "log" / "bot.log").read_text(errors="replace"))
    assert "has been blocked" not in log


def last_lines(log: Path) -> str:
    if not log.exists():
        return f"there is no {log.name}"
    return "\n".join([f"The end of {log.name}:", *log.read_text(errors="replace").splitlines()[-LOG_LINES:]])
