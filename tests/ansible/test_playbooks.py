"""The playbooks as they are written: they parse, and hand their roles what those declare."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from playbook_runs import PROJECT, Ran

PLAYBOOKS = sorted((PROJECT / "playbooks").glob("*.yml"))
# Those about an environment; the others are about the bot itself.
OF_AN_ENVIRONMENT = [path for path in PLAYBOOKS if path.stem.split("_")[0] in ("backend", "small")]
ROLES = sorted(path.name for path in (PROJECT / "roles").iterdir())
IMPORTS = ("ansible.builtin.import_role", "ansible.builtin.include_role")


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text()) if path.exists() else None


def specs(role: str) -> dict[str, dict[str, Any]]:
    found = load(PROJECT / "roles" / role / "meta" / "argument_specs.yml")
    return {entry: spec["options"] for entry, spec in found["argument_specs"].items()}


def defaults(role: str) -> set[str]:
    return set(load(PROJECT / "roles" / role / "defaults" / "main.yml") or {})


def tasks(entries: list[dict[str, Any]] | None) -> Iterator[dict[str, Any]]:
    for entry in entries or []:
        yield entry
        for part in ("block", "rescue", "always", "tasks", "pre_tasks", "post_tasks"):
            yield from tasks(entry.get(part))


def uses(path: Path) -> Iterator[tuple[str, str, set[str]]]:
    """Role, entry point and the variables handed over, of every use in a file."""
    for entry in tasks(load(path)):
        for role in entry.get("roles", []):
            named = {"role": role} if isinstance(role, str) else role
            yield named["role"], "main", set(named.get("vars", {}))
        for call in (entry[name] for name in IMPORTS if name in entry):
            yield call["name"], call.get("tasks_from", "main"), set(entry.get("vars", {}))


USES = [
    (path, *use)
    for path in (*PLAYBOOKS, *sorted((PROJECT / "roles").glob("*/tasks/**/*.yml")))
    for use in uses(path)
]


@pytest.mark.parametrize("playbook", PLAYBOOKS, ids=lambda path: path.stem)
def test_parses(run: Callable[..., Ran], playbook: Path) -> None:
    ran = run(str(playbook), "--syntax-check")

    assert ran.code == 0, ran.output


def test_every_role_is_used_and_every_use_is_of_a_role() -> None:
    assert {role for _, role, _, _ in USES} == set(ROLES)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_declares_each_default_and_its_variables_bear_its_name(role: str) -> None:
    declared = {name for options in specs(role).values() for name in options}

    assert defaults(role) <= declared
    assert all(name.startswith(f"{role}_") for name in declared)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_declares_the_type_of_everything(role: str) -> None:
    for options in specs(role).values():
        for name, option in options.items():
            assert option.get("type"), name
            assert option.get("description"), name
            assert option["type"] != "list" or option.get("elements"), name


@pytest.mark.parametrize(("path", "role", "entry", "given"), USES, ids=[f"{path.parent.parent.name}-{path.stem}-{role}-{n}" for n, (path, role, _, _) in enumerate(USES)])
def test_a_use_hands_over_what_the_role_declares(path: Path, role: str, entry: str, given: set[str]) -> None:
    options = specs(role)[entry]
    required = {name for name, option in options.items() if option.get("required")}
    own = {name for name in given if name.startswith(f"{role}_")}

    assert given - own == set(), f"{path}: not variables of {role}"
    assert own <= set(options), f"{path}: {role} does not declare them"
    assert required <= own | defaults(role), f"{path}: {role} requires them"


@pytest.mark.parametrize("playbook", OF_AN_ENVIRONMENT, ids=lambda path: path.stem)
def test_its_first_play_checks_the_request_and_nothing_gathers_facts(playbook: Path) -> None:
    plays = load(playbook)

    assert plays[0]["roles"][0]["role"] == "request_check"
    assert plays[0]["roles"][0]["vars"]["request_check_playbook"] == playbook.name
    assert all(play["gather_facts"] is False for play in plays)
    for play in plays:
        if play["hosts"] not in ("localhost", "here"):
            assert (play.get("any_errors_fatal"), play.get("max_fail_percentage")) == (True, 0)


def test_both_environments_have_the_same_settings_and_nothing_of_a_sandbox() -> None:
    staging, production = (load(PROJECT / f"inventory/{name}/group_vars/all.yml") for name in ("staging", "production"))

    assert staging.keys() == production.keys()
    for path in [*PLAYBOOKS, *(PROJECT / "inventory").rglob("*.yml"), *(PROJECT / "roles").rglob("*.yml")]:
        text = path.read_text().lower()
        assert not [word for word in ("sandbox", "moto", "127.20.", "127.21.", "endpoint") if word in text], path


def test_an_instance_that_cannot_be_reached_ends_the_run_with_its_play(run: Callable[..., Ran]) -> None:
    """With the two words that the test above demands; Ansible by itself goes on with the next play."""
    plays = (
        "- hosts: [near, far]\n  gather_facts: false\n  any_errors_fatal: true\n  max_fail_percentage: 0\n"
        "  tasks: [{name: Knock, ansible.builtin.ping: {}}, {name: Install, ansible.builtin.ping: {}}]\n"
        "- hosts: localhost\n  gather_facts: false\n  tasks: [{name: Offer, ansible.builtin.ping: {}}]\n"
    )
    variables = {
        "connections": {"near": "local", "far": "ssh"}, "ansible_connection": "{{ connections[inventory_hostname] | default('local') }}",
        "ansible_host": "127.0.0.1", "ansible_port": 1, "ansible_python_interpreter": "{{ ansible_playbook_python }}",
    }
    ran = run(plays, "-i", "near,far", variables=variables)

    assert [event["host"] for event in ran.of("unreachable")] == ["far"]
    assert {event["task"] for event in ran.of("start")} == {"Knock"}
    assert ran.code != 0
