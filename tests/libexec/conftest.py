"""What the tests of libexec are given: folders of runs, and a theatre for conversations."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "libexec"))
sys.dont_write_bytecode = True

from run_folder import RunFolder  # noqa: E402
from theatre import Theatre  # noqa: E402

from player import audit, player, stage  # noqa: E402


@pytest.fixture
def folders(tmp_path: Path) -> Iterator[Callable[[], RunFolder]]:
    made: list[RunFolder] = []

    def make() -> RunFolder:
        path = tmp_path / f"run-{len(made)}"
        path.mkdir()
        made.append(RunFolder(path, tmp_path / "locks"))
        return made[-1]

    yield make
    for folder in made:
        folder.clean()


@pytest.fixture
def folder(folders: Callable[[], RunFolder]) -> RunFolder:
    return folders()


@pytest.fixture
def theatre(tmp_path: Path, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch) -> Iterator[Theatre]:
    """A player that loses its patience soon, so that what does not come is known soon."""
    for name in ("TO_BE_TAKEN", "TO_BE_PROCESSED", "TO_APPEAR", "TO_LISTEN"):
        monkeypatch.setattr(player, name, 1.0)
    monkeypatch.setattr(stage, "PATIENCE", 1.0)
    monkeypatch.setattr(audit, "PATIENCE", 5.0)
    theatre = Theatre(tmp_path / "d", capsys)
    yield theatre
    for bot in theatre.bots:
        bot.close()
