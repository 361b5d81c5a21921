"""What a playbook is given is checked by its first play, and nobody's text is run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Ran, instance, unsafe

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


@pytest.mark.parametrize("environment", ["production", "Staging", "", "staging ", "*", "staging,production"])
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


BAD_REFS = [
    "--upload-pack=x", "-b", "", "a..b", "a b", "$(id)", "main;id", "x.lock", "a//b", "/main", "main/", "main\n", "v1^{}", "@{-1}",
    "x" * 201, "{{ 7 * 7 }}",
]


@pytest.mark.parametrize("ref", BAD_REFS, ids=repr)
def test_refuses_a_ref_that_git_could_take_for_something_else(run: Run, inventory: Inventory, ref: str) -> None:
    message = refused(run(DEPLOY, "-i", inventory(), variables=asked(git_ref=ref)))

    assert "is no name of a branch or tag" in message
    assert "as in main, v1.2 or feature/login" in message


@pytest.mark.parametrize("commit", ["--output=x", "main", "ABCDEF" * 7, "a" * 39, "a" * 41, "a" * 40 + "\n"], ids=repr)
def test_refuses_a_commit_that_is_none(run: Run, inventory: Inventory, commit: str) -> None:
    assert "forty lower-case hexadecimal digits" in refused(run(DEPLOY, "-i", inventory(), variables=asked(git_commit=commit)))


@pytest.mark.parametrize("repository", ["--upload-pack=x", "ext::sh -c id", "/srv/x", "file://x", "http://x/y", "https:// x", "https://-x"])
def test_refuses_a_repository_that_is_not_fetched(run: Run, inventory: Inventory, repository: str) -> None:
    message = refused(run(DEPLOY, "-i", inventory(), variables=asked(git_repository=repository)))

    assert "it has to be https://host/path, ssh://host/path, user@host:path or file:///path" in message


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
