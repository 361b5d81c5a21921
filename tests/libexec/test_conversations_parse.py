"""The conversations of this project can be read, and each says first what it shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from run_folder import LIBEXEC

from player.parser import parse
from player.transcript import Expect, Refute

FILES = sorted((LIBEXEC.parent / "conversations").glob("*.chat"))


def test_there_are_conversations() -> None:
    assert len(FILES) >= 12


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_conversation_can_be_read_and_says_what_it_shows(file: Path) -> None:
    text = file.read_text()
    transcript, mistakes = parse(str(file), text)
    assert not mistakes, "\n".join(map(str, mistakes))
    first = text.splitlines()[0]
    assert first.startswith("# ") and first.endswith(".") and len(first) > 40
    assert any(isinstance(step, Expect | Refute) for step in transcript.steps)


def test_the_example_of_the_guide_can_be_read() -> None:
    guide = (LIBEXEC.parent / "docs" / "conversations.md").read_text()
    lines = guide.split("played like a test:\n\n")[1].split("\n\nThe files")[0]
    _, mistakes = parse("conversations.md", "\n".join(line.removeprefix("    ") for line in lines.splitlines()))
    assert not mistakes
