"""What of an update people are shown before they agree: who may have what done afterwards, and could not before."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

FILE = Path(__file__).resolve().parents[2] / "playbooks/filter_plugins/release.py"
SPEC = importlib.util.spec_from_file_location("release_filters", FILE)
assert SPEC and SPEC.loader
release = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(release)

SWAP = """
commands:
  backend.swap:
    say: swap backend
    help: Swaps.
    roles: [deployer]
    approval: {by: deployer}
    run: {playbook: swap.yml}
"""
POLICY = "policy:\n  roles:\n    admin: {help: x, grants: [admin, deployer]}\n  break-glass: [oncall]\n"


def changes(old: str | None, new: str | None, path: str = "commands/backend.yml") -> dict[str, str]:
    return {each["id"]: each.get("version", "") for each in release.rule_changes({path: {"old": old, "new": new}})}


@pytest.mark.parametrize(
    ("was", "becomes", "name", "shown"),
    [
        ("    approval: {by: deployer}\n", "", "backend.swap approval", '{"by": "deployer"} → none'),
        ("[deployer]", "[everyone]", "backend.swap roles", '["deployer"] → ["everyone"]'),
        ("swap.yml", "other.yml", "backend.swap run", '{"playbook": "swap.yml"} → {"playbook": "other.yml"}'),
        ("roles:", "frozen: allowed\n    roles:", "backend.swap frozen", "none → allowed"),
    ],
)
def test_a_rule_that_changes_is_told_with_both_sides(was: str, becomes: str, name: str, shown: str) -> None:
    assert changes(SWAP, SWAP.replace(was, becomes)) == {name: shown}


def test_what_only_reads_otherwise_is_not() -> None:
    assert changes(SWAP, SWAP.replace("Swaps.", "Takes it into use.").replace("swap backend", "swap [the] backend")) == {}


def test_a_new_command_and_one_that_goes_are_told_whole() -> None:
    assert changes(None, SWAP) == {
        "backend.swap approval": 'none → {"by": "deployer"}', "backend.swap roles": 'none → ["deployer"]',
        "backend.swap run": 'none → {"playbook": "swap.yml"}',
    }  # fmt: skip
    assert set(changes(SWAP, None)) == {"backend.swap approval", "backend.swap roles", "backend.swap run"}


def test_who_gives_which_role_and_who_breaks_the_glass_are_rules() -> None:
    assert changes(POLICY, POLICY.replace("deployer]", "deployer, root]").replace("[oncall]", "[everyone]")) == {
        "policy break-glass": '["oncall"] → ["everyone"]',
        "role admin": '{"grants": ["admin", "deployer"]} → {"grants": ["admin", "deployer", "root"]}',
    }


def test_a_command_that_moves_to_another_file_has_not_changed() -> None:
    moved = {"commands/a.yml": {"old": SWAP, "new": None}, "commands/b.yml": {"old": None, "new": SWAP}}

    assert release.rule_changes(moved) == []


@pytest.mark.parametrize("text", ["a: [", "a: &x [1]\nb: *x\n", "- x\n", "!!python/object/apply:os.system ['id']\n"])
def test_what_cannot_be_compared_is_said_to_be_so(text: str) -> None:
    assert changes(SWAP, text)["commands/backend.yml"].startswith("new: cannot be compared: ")


def test_what_is_odd_in_a_file_stops_nothing() -> None:
    for text in ("commands: [1]\n", "commands: {x: 1}\n", "policy: 1\n", "policy: {roles: {x: 1}}\n", "", "freezes: [{a: b}]\n"):
        changes(SWAP, text)


def found(**changes: Any) -> dict[str, Any]:
    commit = {"commit": "b" * 40, "subject": "Mends it", "author": "Olga"}
    return {
        "link": "current", "from": "a" * 40, "to": "b" * 40, "new": [commit], "more_new": 0, "gone": [], "more_gone": 0, "catalog": {},
        "signature": "signed by olga@example.com", "refused": None, **changes,
    }  # fmt: skip


def test_long_lists_are_cut_and_say_so() -> None:
    commits = release.commits(found(new=found()["new"] * 50, more_new=200), "new")
    rules = release.rule_changes({"x": {"old": None, "new": "commands:\n" + "".join(f"  c{n}: {{roles: [r]}}\n" for n in range(100))}})

    assert commits[-1] == {"id": "and 240 more"} and len(commits) == 11
    assert rules[-1] == {"id": "and 60 more"} and len(rules) == 41


def test_a_plan_pins_both_commits_and_shows_lists_of_what_has_an_id() -> None:
    facts = release.release_facts(found(), "update")["update"]

    assert (facts["from"], facts["to"], facts["refused"]) == ({"commit": "a" * 40}, {"commit": "b" * 40}, None)
    assert facts["takes"] == [{"id": "bbbbbbbb", "version": "in place of aaaaaaaa"}]
    assert facts["signature"] == [{"id": "signed by olga@example.com"}]


def test_people_read_lines() -> None:
    assert release.release_lines(found(refused="it hung before.")) == [
        "signalbox: aaaaaaaa → bbbbbbbb (signed by olga@example.com)", "new:", "  bbbbbbbb Mends it (Olga)", "refused: it hung before.",
    ]  # fmt: skip
    assert release.release_lines(found(to="a" * 40)) == ["signalbox: aaaaaaaa is in use, and nothing newer is there"]


@pytest.mark.parametrize(
    ("result", "reason"),
    [
        ({"stdout": '{"refused": "it is older"}', "rc": 1}, "it is older"),
        ({"stdout": "", "stderr": "no such file", "rc": 2}, "no such file"),
        ({"msg": "cannot be executed"}, "cannot be executed"),
        ({"stdout": "half {"}, "signalbox-release said nothing"),
        ({"stdout": '{"done": {"to": "x"}}'}, ""),
        ({"skipped": True}, ""),
    ],
)
def test_the_reason_is_the_builders_or_that_of_whoever_could_not_start_it(result: dict[str, Any], reason: str) -> None:
    assert release.release_refusal(result) == reason
