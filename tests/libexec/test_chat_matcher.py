"""When a text holds what a line expects."""

from __future__ import annotations

import pytest

from player.matcher import find, substitute

HOLDS = [
    ("staged", "Staged in staging", {}),
    ("STAGED in", "staged   in\tstaging", {}),
    ("two words", "two\u00a0words", {}),
    ("straße", "STRAßE", {}),
    ("staged … version", "staged\nin generation 2:\nversion 2", {}),
    ("staged ... version", "staged version 2", {}),
    ("staged…version", "stagedversion", {}),
    ("… end", "the end", {}),
    (r"wait\... now", "wait... now", {}),
    (r"wait\… now", "wait… now", {}),
    ("a.b*c (d) [e] $f ^g |h \\i ?", "A.B*C (D) [E] $F ^G |H \\I ?", {}),
    ("approve {id}", "say `approve k3m9xw` (or deny it)", {"id": "k3m9xw"}),
    ("version {v}", "version v1.2.0-rc.1, generation 2", {"v": "v1.2.0-rc.1"}),
    ("version {v}", 'version "v1.2.0".', {"v": "v1.2.0"}),
    ("by {who}", "by “anna”!", {"who": "anna"}),
    ("({id})", "deploy (k3m9xw) done", {"id": "k3m9xw"}),
    ("{id}:", "k3m9xw: done", {"id": "k3m9xw"}),
    ("ended {a} … and {b}", "ended i-0aa, i-0bb\nand i-0cc.", {"a": "i-0aa", "b": "i-0cc"}),
    ("{a} is {a}", "blue is red is red", {"a": "red"}),
    ("at {url}", "at http://127.20.1.4:8080/health?x=1", {"url": "http://127.20.1.4:8080/health?x=1"}),
    ("{x}", "…x…", {"x": "x"}),
    ("{{ {x} }}", "{{ lookup }}", {"x": "lookup"}),
    ("{not a name}", "{not a name}", {}),
]
HOLDS_NOT = [
    ("staged", "stage"),
    ("two words", "twowords"),
    ("two words", "two\nwords"),
    ("staged … version", "version staged"),
    (r"wait\... now", "wait for it now"),
    ("version {v}", "version "),
    ("version {v}", "version ..."),
    ("{a} is {a}", "blue is red"),
    ("a.c", "abc"),
]


@pytest.mark.parametrize(("pattern", "text", "captured"), HOLDS, ids=[f"{p} / {t}" for p, t, _ in HOLDS])
def test_a_text_holds_the_pattern(pattern: str, text: str, captured: dict) -> None:
    assert find(pattern, text, {}) == captured


@pytest.mark.parametrize(("pattern", "text"), HOLDS_NOT, ids=[f"{p} / {t}" for p, t in HOLDS_NOT])
def test_a_text_does_not_hold_the_pattern(pattern: str, text: str) -> None:
    assert find(pattern, text, {}) is None


BOUND = {"id": "k3m9xw", "v": "1", "odd": "a.b*"}
WITH_BOUND = [
    ("approve {id}", "approve `K3M9XW`", True),
    ("approve {id}", "approve p7q2ab", False),
    ("version {v}", "version 1.", True),
    ("version {v}", "version 12", False),
    ("version {v}", "version 21", False),
    ("v{v}", "v1", True),
    ("v{v}.0", "v1.0", True),
    ("{odd}", "say a.b*", True),
    ("{odd}", "say axbb", False),
]


@pytest.mark.parametrize(("pattern", "text", "holds"), WITH_BOUND, ids=[f"{p} / {t}" for p, t, _ in WITH_BOUND])
def test_what_was_bound_has_to_come_again(pattern: str, text: str, holds: bool) -> None:
    assert find(pattern, text, BOUND) == ({} if holds else None)


@pytest.mark.parametrize(
    ("said", "becomes"),
    [
        ("approve {id}", "approve k3m9xw"),
        ("{{ lookup('pipe','id') }}", "{{ lookup('pipe','id') }}"),
        ("{unbound} {id}{v}", "{unbound} k3m9xw1"),
        ("{ id }", "{ id }"),
    ],
)
def test_only_what_was_bound_is_replaced_in_what_people_say(said: str, becomes: str) -> None:
    assert substitute(said, BOUND) == becomes
