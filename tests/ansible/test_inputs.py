"""What a playbook is given is checked by its first play, and nobody's text is run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from playbook_runs import Ran, instance, unsafe

Run = Callable[..., Ran]
Inventory = Callable[..., str]
DEPLOY, SWAP, TERMINATE = (f"playbooks/backend_{verb}.yml" for verb in ("deploy", "swap", "terminate"))


def asked(environment: str = "staging", **more: Any) -> dict[str, Any]:
    return {"target_environment": unsafe(environment), **{name: unsafe(value) for name, value in more.items()}}


def refused(ran: Ran) -> str:
    """The one failure's message; the run ended with it, before anything was changed."""
    assert ran.code == 2, ran.output
    failed = ran.of("failed", "item_failed")
    assert failed, ran.output
    assert not [event for event in ran.of("ok") if event["changed"]]
    return " ".join(failed[0]["msg"].split())


@pytest.mark.parametrize("environment", ["production", "Staging", "*"])
def test_refuses_an_environment_that_is_not_the_inventorys(run: Run, inventory: Inventory, environment: str) -> None:
    message = refused(run(DEPLOY, "-i", inventory(), variables=asked(environment)))

    assert f"target_environment is '{environment}', the inventory is of 'staging'" in message
    assert "ansible-playbook -i inventory/staging playbooks/backend_deploy.yml -e target_environment=staging" in message


def test_refuses_to_run_without_an_environment(run: Run, inventory: Inventory) -> None:
    assert "target_environment is '', the inventory is of 'staging'" in refused(run(DEPLOY, "-i", inventory()))


def test_refuses_to_run_without_an_inventory(run: Run) -> None:
    assert "the inventory is of 'no environment'" in refused(run(DEPLOY, variables=asked()))


def test_an_aws_that_does_not_answer_is_no_empty_environment(run: Run) -> None:
    ran = run(DEPLOY, "-i", "inventory/staging", variables=asked(), AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="x", AWS_MAX_ATTEMPTS="1")

    assert ran.code == 1
    assert "Could not connect to the endpoint URL" in ran.said()
    assert ran.events == []


def test_refuses_a_dry_run_and_names_what_tells_the_same(run: Run, inventory: Inventory) -> None:
    assert "playbooks/backend_status.yml" in refused(run(SWAP, "-i", inventory(), "--check", variables=asked()))


BAD = {
    "ref": [
        "--upload-pack=x", "-b", "", "a..b", "a b", "$(id)", "main;id", "x.lock", "a//b", "/main", "main/", "main\n", "v1^{}", "@{-1}",
        "x" * 251, "@", "{{ 7 * 7 }}",
    ],
    "commit": ["--output=x", "main", "ABCDEF" * 7, "a" * 39, "a" * 41, "a" * 40 + "\n"],
    "repository": ["--upload-pack=x", "ext::sh -c id", "/srv/x", "file://x", "http://x/y", "https:// x", "https://-x", "https://x\n"],
}
GOOD = {
    "ref": ["main", "v1.2", "feature/login", "7", "a+b_c-d", "#12-fix", "x" * 250],
    "commit": ["", "0123456789abcdef" * 2 + "01234567"],
    "repository": ["https://git.example.com/x.git", "ssh://git@example.com/x", "git@example.com:x/y.git", "file:///srv/x.git"],
}
EACH = """
- name: Check one
  block:
    - ansible.builtin.include_role: {name: source_checkout, tasks_from: check}
      vars: {source_checkout_%s: "{{ item }}"}
    - ansible.builtin.set_fact: {passed: "{{ passed | default([]) + [item] }}"}
  rescue:
    - ansible.builtin.set_fact: {messages: "{{ messages | default([]) + [ansible_failed_result.msg] }}"}
"""
ALL = """
- hosts: localhost
  gather_facts: false
  tasks:
    - ansible.builtin.include_tasks: each.yml
      loop: "{{ candidates }}"
    - ansible.builtin.set_stats:
        data: {passed: "{{ passed }}", messages: "{{ messages }}"}
        per_host: false
"""


@pytest.mark.parametrize(
    ("kind", "advice"),
    [
        ("ref", "as in main, v1.2 or feature/login"),
        ("commit", "forty lower-case hexadecimal digits"),
        ("repository", "it has to be https://host/path, ssh://host/path, user@host:path or file:///path"),
    ],
)
def test_git_is_given_nothing_that_it_could_take_for_something_else(run: Run, tmp_path: Path, kind: str, advice: str) -> None:
    (tmp_path / "each.yml").write_text(EACH % kind)
    fine = {"git_ref": "main", "backend_repository": "file:///srv/x.git", "signalbox_state": str(tmp_path)}
    ran = run(ALL, variables={**fine, "candidates": unsafe(BAD[kind] + GOOD[kind])})

    told = ran.of("recap")[0]["stats"]
    assert told["passed"] == GOOD[kind]
    assert len(told["messages"]) == len(BAD[kind])
    assert all(advice in " ".join(message.split()) for message in told["messages"])


def test_a_deployment_stops_at_a_bad_ref(run: Run, inventory: Inventory) -> None:
    message = refused(run(DEPLOY, "-i", inventory(), variables=asked(git_ref="--upload-pack=x")))

    assert "'--upload-pack=x' is no name of a branch or tag" in message


def test_runs_nothing_of_what_a_person_says(run: Run, inventory: Inventory, tmp_path: Path) -> None:
    """Each variable that people reach holds a template, a shell's and git's way of starting a program."""
    mark = tmp_path / "ran"
    text = "{{ lookup('pipe', 'touch %s') }}$(touch %s)--upload-pack=touch %s" % (mark, mark, mark)
    place = inventory(instance(1, "standby", 1), instance(2, "live", 2))
    pinned = [{"id": unsafe(text), "version": unsafe(text)}]
    for playbook, variables in (
        (DEPLOY, asked(text)),
        (DEPLOY, asked(git_ref=text)),
        (DEPLOY, asked(git_commit=text)),
        (DEPLOY, asked(git_repository=text)),
        (TERMINATE, asked(target_hosts=[text])),
        ("playbooks/backend_rollback.yml", {**asked(), "expected_in": pinned, "expected_out": pinned}),
    ):
        ran = run(playbook, "-i", place, variables=variables)
        assert text[:40] in refused(ran).replace('\\"', '"'), variables
        assert not mark.exists(), variables


def test_the_search_for_that_side_effect_would_find_it(run: Run, inventory: Inventory, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    run(DEPLOY, "-i", inventory(), variables={"target_environment": "{{ lookup('pipe', 'touch %s') }}" % mark})

    assert mark.exists()


def test_names_hosts_that_are_not_known(run: Run, inventory: Inventory) -> None:
    place = inventory(instance(1, "standby", 1))

    assert "Not in staging: i-9. Known are: i-1" in refused(run(TERMINATE, "-i", place, variables=asked(target_hosts=["i-1", "i-9"])))


def test_a_whole_generation_is_not_limited_to_hosts(run: Run, inventory: Inventory) -> None:
    place = inventory(instance(1, "staged", 1))

    assert "acts on a whole generation" in refused(run(SWAP, "-i", place, variables=asked(target_hosts=["i-1"])))


def test_refuses_to_terminate_what_is_live(run: Run, inventory: Inventory) -> None:
    place = inventory(instance(1, "standby", 1), instance(2, "live", 2))
    message = refused(run(TERMINATE, "-i", place, variables=asked(target_hosts=["i-1", "i-2"])))

    assert "terminate ends only what is standby or retired: i-2 is live" in message


def test_offers_what_can_be_done_with_a_staged_generation(run: Run, inventory: Inventory) -> None:
    message = refused(run(DEPLOY, "-i", inventory(instance(2, "staged", 2)), variables=asked()))

    assert "generation 2 (v2) is staged in staging already" in message
    assert all(word in message for word in ("swap", "discard", "backend_replace=true"))


def test_refuses_a_swap_of_other_instances_than_were_approved(run: Run, inventory: Inventory) -> None:
    place = inventory(instance(1, "live", 1), instance(2, "staged", 2))
    expected = {"expected_in": [{"id": "i-3", "version": "v2"}], "expected_out": [{"id": "i-1", "version": "v1"}]}
    message = refused(run(SWAP, "-i", place, variables={**asked(), **expected}))

    assert "staging has changed since this was planned" in message
    assert "i-2" in message and "i-3" in message


def test_goes_on_with_the_instances_that_were_approved(run: Run, inventory: Inventory) -> None:
    place = inventory(instance(1, "live", 1), instance(2, "staged", 2))
    expected = {"expected_in": [{"id": "i-2", "version": "v2"}], "expected_out": [{"id": "i-1", "version": "v1"}]}
    ran = run(SWAP, "-i", place, variables={**asked(), **expected}, AWS_MAX_ATTEMPTS="1")

    assert [event["item"] for event in ran.of("item_ok")[:2]] == ["in", "out"]
    assert ran.of("failed", "item_failed")[0]["task"] == "Look up the target groups"
