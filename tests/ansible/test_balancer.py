"""Waiting for the balancer, with a command line of AWS that takes its time and tells what the test wants."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from playbook_runs import Ran

Run = Callable[..., Ran]
SECONDS = 6
# Prints the first of the answers that are left, the last one for ever, and notes each question.
AWS = """#!/usr/bin/python3
import json, pathlib, time

folder = pathlib.Path(__file__).parent
with (folder / "asked").open("a") as asked:
    asked.write("?")
left = json.loads((folder / "answers").read_text())
time.sleep(1)
print(json.dumps(left[0]))
(folder / "answers").write_text(json.dumps(left[1:] or left))
"""
WAIT = """
- hosts: localhost
  gather_facts: false
  vars:
    aws_command: ["{{ playbook_dir }}/aws"]
    balancer_arns: {web: "arn:web"}
    balancer_swap_by: alb
    balancer_target_groups: {web: staging-web}
    balancer_instances: [{id: i-1, role: web}, {id: i-2, role: web}, {id: i-3, role: worker}]
    balancer_healthy_seconds: %(seconds)s
    balancer_drain_seconds: %(seconds)s
  tasks:
    - ansible.builtin.include_role: {name: balancer, tasks_from: %(entry)s}
"""


@pytest.fixture
def wait(run: Run, tmp_path: Path) -> Callable[..., tuple[Ran, int]]:
    """The run, and how often the balancer was asked."""

    def start(entry: str, *answers: dict[str, str]) -> tuple[Ran, int]:
        (tmp_path / "aws").write_text(AWS)
        (tmp_path / "aws").chmod(0o755)
        (tmp_path / "answers").write_text(json.dumps([[{"id": id, "state": state} for id, state in answer.items()] for answer in answers]))
        ran = run(WAIT % {"entry": entry, "seconds": SECONDS})
        return ran, len((tmp_path / "asked").read_text())

    return start


def message(ran: Ran) -> str:
    assert ran.code == 2, ran.output
    return " ".join(ran.of("failed")[-1]["msg"].split())


def test_goes_on_as_soon_as_all_are_healthy(wait: Callable[..., tuple[Ran, int]]) -> None:
    ran, asked = wait("await_healthy", {"i-1": "healthy", "i-2": "initial"}, {"i-1": "healthy", "i-2": "healthy"})

    assert ran.code == 0, ran.output
    assert asked == 2


def test_goes_on_as_soon_as_none_is_left(wait: Callable[..., tuple[Ran, int]]) -> None:
    ran, asked = wait("await_drained", {"i-1": "draining", "i-9": "healthy"}, {"i-9": "healthy"})

    assert ran.code == 0, ran.output
    assert asked == 2


def test_the_wait_for_health_is_over_after_its_seconds_and_names_who_was_late(wait: Callable[..., tuple[Ran, int]]) -> None:
    ran, asked = wait("await_healthy", {"i-1": "healthy", "i-2": "unhealthy"})

    assert f"not healthy within {SECONDS} seconds (backend_healthy_seconds): i-2; the balancer has i-1 healthy, i-2 unhealthy" in message(ran)
    assert 1 < asked <= SECONDS // 2 + 1, "a look takes a second and so does the pause after it"


def test_the_wait_for_the_last_request_is_over_after_its_seconds(wait: Callable[..., tuple[Ran, int]]) -> None:
    ran, asked = wait("await_drained", {"i-1": "draining", "i-2": "draining"})

    assert f"still finishing requests after {SECONDS} seconds: i-1, i-2" in message(ran)
    assert 1 < asked <= SECONDS // 2 + 1, "a look takes a second and so does the pause after it"
