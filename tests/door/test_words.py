"""What the door can be asked."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
WORDS = re.findall(r"^door_([a-z]+)\(\)", (PROJECT / "signalbox").read_text(), re.MULTILINE)


def door(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["./signalbox", *words], cwd=PROJECT, capture_output=True, text=True, timeout=60)


def test_help_tells_of_every_word_and_of_no_other() -> None:
    told = set(re.findall(r"^  ([a-z]+)\b", door("help").stdout, re.MULTILINE))
    assert told == set(WORDS)
    assert {"demo", "test", "run", "play", "check", "explain", "audit", "brain", "bench", "stop", "build", "help"} <= told


def test_without_a_word_it_helps() -> None:
    assert door().stdout == door("help").stdout == door("--help").stdout


@pytest.mark.parametrize("word", ["launch", "Run", "run; id", "$(id)", "../run", ""])
def test_an_unknown_word_is_refused_with_a_way_on(word: str) -> None:
    ended = door(word)
    assert ended.returncode == 2
    assert "there is no word" in ended.stderr and "./signalbox help" in ended.stderr
    assert ended.stdout == ""


@pytest.mark.parametrize("words", [["demo", "--play"], ["demo", "--large"], ["audit"], ["brain"], ["brain", "wipe"], ["bench", "nothing"], ["play"]])
def test_an_incomplete_word_says_what_is_missing(words: list[str]) -> None:
    ended = door(*words)
    assert ended.returncode == 2
    assert re.search(r"there is (nothing|no )|name the|there is ", ended.stderr)


def test_it_can_be_called_from_anywhere(tmp_path: Path) -> None:
    ended = subprocess.run([PROJECT / "signalbox", "help"], cwd=tmp_path, capture_output=True, text=True)
    assert ended.stdout == door("help").stdout
