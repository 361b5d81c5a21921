"""Whole updates of one machine by the playbooks, with a service that starts what `current` names."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from release_site import LIBEXEC, PROGRAM, Repository, Site, eventually

PROJECT = LIBEXEC.parent
ANSIBLE = str(Path(sys.executable).parent / "ansible-playbook")
CATALOG = "commands:\n  backend.swap:\n    roles: [deployer]\n    approval: {by: deployer}\n    help: old\n    run: {playbook: swap.yml}\n"


@dataclass
class Ran:
    code: int
    output: str
    events: list[dict[str, Any]]

    def summary(self) -> str:
        assert self.code == 0, self.output
        return self.events[-1]["stats"]["summary"]

    def failure(self) -> str:
        """What the task said that ended it, by which the chat knows it."""
        assert self.code == 2, self.output
        return " ".join([event for event in self.events if event["event"] == "failed"][-1]["msg"].split())

    def tasks(self) -> list[str]:
        return [event["name"] for event in self.events if event["event"] == "task"]


@dataclass
class Machine:
    site: Site

    def play(self, playbook: str, **variables: str) -> Ran:
        """As the bot does it: from a copy of the playbooks that is not the release, with what people said made safe."""
        events = self.site.folder / "events.jsonl"
        events.unlink(missing_ok=True)
        # The program of a real release is its own; these have none.
        given = {name: {"__ansible_unsafe": value} for name, value in variables.items()}
        given |= {"yourself_program": [*PROGRAM], "yourself_ready_seconds": 20, "yourself_trial_seconds": 20}
        environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.site.folder), "LANG": "C.UTF-8", "ANSIBLE_NOCOLOR": "1",
            "ANSIBLE_HOME": str(self.site.folder / "ansible"), "SIGNALBOX_EVENTS": str(events), "PYTHONDONTWRITEBYTECODE": "1",
            "YOURSELF_HOME": str(self.site.home), "YOURSELF_STATE": str(self.site.state),
            "YOURSELF_SETTINGS": str(self.site.folder / "signalbox.yml"), **self.site.client_environment(),
        }  # fmt: skip
        ended = subprocess.run(
            [sys.executable, ANSIBLE, "-i", "inventory/yourself", f"playbooks/{playbook}.yml", "-e", json.dumps(given)], cwd=PROJECT,
            env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120,
            check=False,
        )  # fmt: skip
        read = [json.loads(line) for line in events.read_text().splitlines()] if events.exists() else []
        return Ran(ended.returncode, ended.stdout, read)

    def plan(self, verb: str, **variables: str) -> dict[str, Any]:
        facts = self.site.folder / "facts.json"
        facts.unlink(missing_ok=True)
        ran = self.play("yourself_plan", facts_for=verb, facts_file=str(facts), **variables)
        assert ran.code == 0, ran.output
        return json.loads(facts.read_text())[verb]


@pytest.fixture
def first(repository: Repository) -> str:
    return repository.commit("The first release", commands__backend_yml=CATALOG)


@pytest.fixture
def machine(site: Site) -> Iterator[Machine]:
    script = str(Path(__file__).with_name("service.py"))
    service = subprocess.Popen([sys.executable, script, str(site.home), str(site.state)])
    eventually((site.state / "ready").exists, "the first bot is ready")
    yield Machine(site)
    assert service.poll() is None, "the service ended"
    service.kill()
    service.wait(timeout=10)


def test_an_update_is_planned_made_tried_and_taken_back_again(machine: Machine, repository: Repository, first: str) -> None:
    site = machine.site
    changed = CATALOG.replace("    approval: {by: deployer}\n", "").replace("help: old", "help: new")
    second = repository.commit("No more approval", commands__backend_yml=changed)

    planned = machine.plan("update", release="main")
    assert (planned["from"], planned["to"], planned["refused"]) == ({"commit": first}, {"commit": second}, None)
    assert planned["new"] == [{"id": second[:8], "version": "No more approval (Olga)"}]
    assert planned["rules"] == [{"id": "backend.swap approval", "version": '{"by": "deployer"} → none'}]
    assert site.contents()["releases"] == [first], "planning made something"

    ran = machine.play("yourself_update", expected_from=first, expected_to=second)
    assert ran.summary().splitlines()[:3] == [f"signalbox: {first[:8]} → {second[:8]}", "new:", f"  {second[:8]} No more approval (Olga)"]
    assert site.named() == f"releases/{second}" and not (site.state / "trial").exists()
    wanted = ["Have it made", "Have catalog and settings checked", "Put it on trial", "Take it into use", "Wait until the new bot is ready"]
    assert [task for task in ran.tasks() if task in wanted] == wanted

    # By hand nothing was approved; what was in use before is gone back to.
    assert machine.play("yourself_rollback").summary().startswith(f"signalbox: {second[:8]} → {first[:8]}\ngone:\n")
    assert site.named() == f"releases/{first}"


def test_a_release_that_does_not_come_up_is_taken_back(machine: Machine, repository: Repository, first: str) -> None:
    site = machine.site
    second = repository.commit("It crashes")

    message = machine.play("yourself_update").failure()

    assert message == f"release {second[:8]} was taken back: it crashed. Back on {first[:8]}."
    assert site.named() == f"releases/{first}" and not (site.state / "trial").exists()
    eventually((site.state / "ready").exists, "the first bot is back")
    assert f"release {second[:8]} was taken back before" in machine.plan("update")["refused"]


def test_what_its_own_check_refuses_is_not_taken_into_use(machine: Machine, repository: Repository, first: str) -> None:
    second = repository.commit("It is ill")
    site = machine.site

    message = machine.play("yourself_update").failure()

    assert f"{second[:8]} finds mistakes, so it is not taken into use: commands/backend.yml:3: it is ill" in message
    assert site.named() == f"releases/{first}" and not (site.state / "trial").exists()


def test_a_commit_that_came_after_the_approval_is_not_taken(machine: Machine, repository: Repository, first: str) -> None:
    second, third = repository.commit("The second"), repository.commit("The third")

    message = machine.play("yourself_update", expected_from=first, expected_to=second).failure()

    assert f"to {third[:8]} now, planned was from {first[:8]} to {second[:8]}. Ask again." in message
    assert machine.site.contents()["releases"] == [first]


def test_what_a_person_says_is_no_template_and_no_option(machine: Machine, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    text = "--upload-pack={{ lookup('pipe', 'touch %s') }}$(touch %s)" % (mark, mark)

    assert "is no name of a branch or tag" in machine.play("yourself_update", release=text).failure()
    assert not mark.exists()


def test_playbooks_are_checked_and_switched_without_a_restart(machine: Machine, repository: Repository, first: str) -> None:
    site = machine.site
    bot = (site.state / "ready").stat().st_ino
    second = repository.commit("New playbooks")

    ran = machine.play("playbooks_update", expected_to=machine.plan("playbooks")["to"]["commit"])

    assert ran.summary().startswith(f"the playbooks: {first[:8]} → {second[:8]}")
    assert (site.named(), site.named("playbooks")) == (f"releases/{first}", f"checkouts/{second}")
    assert machine.play("playbooks_rollback", expected_to=first).summary().startswith(f"the playbooks: {second[:8]} → {first[:8]}")
    assert site.named("playbooks") == f"releases/{first}"
    assert (site.state / "ready").stat().st_ino == bot, "the bot was restarted"
