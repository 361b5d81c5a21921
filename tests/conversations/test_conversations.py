"""Every conversation holds, played in one demo: a fresh brain, audit topic and environments for each."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
FILES = sorted((PROJECT / "conversations").glob("*.chat"))
UP_SECONDS, PLAY_SECONDS, DOWN_SECONDS = 600, 900, 120
LOG_LINES = 40
# Of whoever starts a demo, and none of the demo's business: with any of these it would not come up.
THE_CALLERS = {
    "ANSIBLE_CONFIG": "/dev/null",
    "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
    "SIGNALBOX_KAFKA_BROKERS": "127.0.0.1:9",
    "SIGNALBOX_REDIS_URI": "redis://127.0.0.1:9/0",
}


def is_small(conversation: Path) -> bool:
    """Whether it is about the demo that needs no root."""
    return conversation.stem.startswith("small")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The conversations of the project, or the one that is named; each in the demo that it is about."""
    if "conversation" in metafunc.fixturenames:
        named = metafunc.config.getoption("conversation")
        small = metafunc.function is test_holds_in_the_demo_that_needs_no_root
        files = [path for path in ([named] if named else FILES) if is_small(path) == small]
        metafunc.parametrize("conversation", files, ids=lambda path: path.stem)


def door(*words: str, seconds: int) -> str:
    """What the door printed; what it says besides goes to the test's own output."""
    ended = subprocess.run(
        ["./signalbox", *words],
        cwd=PROJECT,
        env=os.environ | THE_CALLERS,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        timeout=seconds,
    )
    assert ended.returncode == 0, f"./signalbox {' '.join(words)} ended with {ended.returncode}"
    return ended.stdout


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


def test_holds_in_the_demo_that_needs_no_root(conversation: Path) -> None:
    door("demo", "--small", "--play", str(conversation), seconds=PLAY_SECONDS)


def last_lines(log: Path) -> str:
    if not log.exists():
        return f"there is no {log.name}"
    return "\n".join([f"The end of {log.name}:", *log.read_text(errors="replace").splitlines()[-LOG_LINES:]])
