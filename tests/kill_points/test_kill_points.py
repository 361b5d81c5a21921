"""The bot is killed before and after every single transition of a command: what was acknowledged is kept, nothing runs twice."""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from cases import CASES, Case
from scene import ENDS, PROJECT, Scene
from table import row, rows_of_page, scene

PATIENCE = 20.0
POINTS = [(case, after) for case in CASES for after in (False, True)]


def kinds() -> set[str]:
    source = (PROJECT / "src/main/java/io/signalbox/bus/Kind.java").read_text()
    return set(re.findall(r'^    [A-Z_]+\("(\w+)"\)[,;]$', source, re.MULTILINE))


def test_every_transition_has_its_two_points() -> None:
    reached = {kind for case in CASES for kind in re.findall(r"→ (\w+)", case.name)}
    assert reached == kinds()


def test_the_table_has_every_point() -> None:
    assert [line.split(" | ")[:2] for line in rows_of_page()] == [
        [f"| {case.name} ({case.by})", "after" if after else "before"] for case, after in POINTS
    ]


@pytest.fixture(scope="module")
def stage() -> Iterator[Scene]:
    with scene() as one:
        yield one


@pytest.mark.slow
@pytest.mark.parametrize(
    ("case", "after"), POINTS, ids=[f"{case.name}-{'after' if after else 'before'}" for case, after in POINTS]
)
def test_a_kill_at_this_point_loses_nothing_and_repeats_nothing(stage: Scene, case: Case, after: bool) -> None:
    outcome = stage.play(case, after)
    assert outcome.became[: len(outcome.kept)] == outcome.kept
    assert sum(kind.split(" ")[0] in ENDS for kind in outcome.became) == 1
    assert outcome.became.count("Requested") == 1
    assert outcome.starts == outcome.became.count("Started") <= 1
    assert outcome.locks == 0
    assert len(set(outcome.told)) == len(outcome.told)
    assert row(outcome) in rows_of_page()


@pytest.mark.slow
def test_the_audit_log_has_one_beginning_and_one_end_of_each(stage: Scene) -> None:
    if not stage.number:
        pytest.skip("needs the log of the tests above")
    # The relay may be a moment behind the brain, which said how the last one ended.
    deadline = time.monotonic() + PATIENCE
    while True:
        begun, ended = beginnings_and_ends(stage)
        if ended == begun or time.monotonic() > deadline:
            break
    assert begun and set(begun.values()) == {1}
    assert ended == begun
    verified = stage.own.audit("verify")
    assert verified.returncode == 0, verified.stderr


def beginnings_and_ends(stage: Scene) -> tuple[Counter[str], Counter[str]]:
    events = [record["data"] for record in stage.own.records()]
    begun = Counter(event["id"] for event in events if event["kind"] == "Requested")
    return begun, Counter(event["id"] for event in events if event["kind"] in ENDS)
