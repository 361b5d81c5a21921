from __future__ import annotations

import importlib.util
import json
import sys
from types import ModuleType
from typing import Any

import pytest

from sandbox.place import PROJECT
from sandbox.tally import Span


@pytest.fixture(scope="module")
def swap() -> ModuleType:
    specification = importlib.util.spec_from_file_location("bench_swap", PROJECT / "bench" / "swap.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules["bench_swap"] = module  # dataclasses look their module up
    specification.loader.exec_module(module)
    return module


def result(**changed: Any) -> dict[str, Any]:
    return {"requests": 2000, "lost": 0, "cut": 10, "p99_ms": 12.5, "first_lost": [], **changed}


def moves(swap: ModuleType, cut_most: int = 1) -> list[Any]:
    return [swap.Move("swap", 31.04, Span(requests=2000, lost=0, cut=10, cut_most=cut_most, p99_ms=12.5))]


@pytest.mark.parametrize(("states", "verb"), [
    ({"live": 1}, None),
    ({"live": 1, "staged": 2}, "swap"),
    ({"live": 2, "standby": 1}, "rollback"),
    ({"live": 1, "standby": 2}, "swap"),
])
def test_begins_with_what_is_possible(swap: ModuleType, states: dict[str, int], verb: str | None) -> None:
    assert swap.first_verb(states) == verb


def test_prints_a_table_and_the_figures_last(swap: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert swap.tell(moves(swap), result(), as_json=False) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["move", "verb", "seconds", "requests", "lost", "cut", "p99_ms"]
    assert lines[1].split() == ["1", "swap", "31.0", "2000", "0", "10", "12.5"]
    assert lines[-1] == "swap requests=2000 lost=0 cut=10 p99_ms=12.5"


def test_tells_the_same_as_json(swap: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert swap.tell(moves(swap), result(), as_json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["name"], told["requests"], told["lost"], told["cut"], told["p99_ms"]) == ("swap", 2000, 0, 10, 12.5)
    assert told["moves"][0]["verb"] == "swap"


def test_fails_when_a_request_was_lost(swap: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert swap.tell(moves(swap), result(lost=1, first_lost=[{"reason": "503"}]), as_json=False) == 1
    assert "503" in capsys.readouterr().err


def test_fails_when_a_connection_was_cut_twice_in_one_move(swap: ModuleType) -> None:
    assert swap.tell(moves(swap, cut_most=2), result(), as_json=False) == 1
