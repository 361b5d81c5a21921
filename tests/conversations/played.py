"""The conversations of the project, and the door to the demos they are played in."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
FILES = sorted((PROJECT / "conversations").glob("*.chat"))
PLAY_SECONDS = 900
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


def one_test_each(metafunc: pytest.Metafunc, small: bool) -> None:
    """The conversations of the project, or the one that is named: those about this kind of demo."""
    if "conversation" in metafunc.fixturenames:
        named = metafunc.config.getoption("conversation")
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
