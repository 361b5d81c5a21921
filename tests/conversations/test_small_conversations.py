"""Every conversation about the demo that needs no root holds, each in a demo of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from played import PLAY_SECONDS, door, one_test_each


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    one_test_each(metafunc, small=True)


def test_holds(conversation: Path) -> None:
    door("demo", "--small", "--play", str(conversation), seconds=PLAY_SECONDS)
