"""The service's own programs, run on the hosts: which hosts, as whom, and what a failing one does."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from playbook_runs import Ran

PLAY = """
- hosts: all
  gather_facts: false
  any_errors_fatal: true
  roles:
    - role: release_hook
"""
ROLES = {"web1": "web", "web2": "web", "worker1": "worker"}


@pytest.fixture
def release() -> Iterator[Path]:
    """A release that `nobody` can reach and write to."""
    top = Path(tempfile.mkdtemp(prefix="release-hook-", dir="/var/tmp"))
    current = top / "current"
    current.mkdir()
    program = current / "note"
    program.write_text('#!/bin/sh\nset -e\nid -un >"ran.$HOST.$1"\n[ "$1" != fails ]\n')
    for path, mode in ((top, 0o755), (current, 0o777), (program, 0o755)):
        path.chmod(mode)
    yield current
    shutil.rmtree(top)


@pytest.fixture
def hooks(run: Callable[..., Ran], release: Path) -> Callable[..., Ran]:
    def start(*listed: dict[str, Any]) -> Ran:
        variables = {
            "release_hook_list": list(listed),
            "release_hook_service": f"..{release.parent}",
            "release_hook_environment": {"HOST": "{{ inventory_hostname }}"},
            "release_hook_role": "{{ fleet_instance.role }}",
            "roles_of": ROLES, "fleet_instance": {"role": "{{ roles_of[inventory_hostname] }}"},
            "ansible_connection": "local", "ansible_python_interpreter": "/usr/bin/python3",
        }
        return run(PLAY, "-i", ",".join([*ROLES, ""]), variables=variables)

    return start


def ran(release: Path, name: str) -> list[str]:
    return sorted(path.name.split(".")[1] for path in release.glob(f"ran.*.{name}"))


pytestmark = pytest.mark.skipif(os.getuid() != 0, reason="only root may become nobody")


def test_a_hook_runs_on_every_host_of_its_roles_as_nobody(hooks: Callable[..., Ran], release: Path) -> None:
    done = hooks({"name": "warm", "command": ["note", "warm"], "roles": ["web"]}, {"name": "all", "command": ["note", "all"]})

    assert done.code == 0, done.output
    assert ran(release, "warm") == ["web1", "web2"]
    assert ran(release, "all") == ["web1", "web2", "worker1"]
    assert {path.read_text() for path in release.glob("ran.*")} == {"nobody\n"}


def test_a_hook_that_runs_once_runs_on_the_first_host_of_its_roles(hooks: Callable[..., Ran], release: Path) -> None:
    done = hooks(
        {"name": "migrate", "command": ["note", "migrate"], "once": True},
        {"name": "queue", "command": ["note", "queue"], "roles": ["worker"], "once": True},
    )

    assert done.code == 0, done.output
    assert (ran(release, "migrate"), ran(release, "queue")) == (["web1"], ["worker1"])


def test_a_hook_that_fails_ends_the_run_before_the_next(hooks: Callable[..., Ran], release: Path) -> None:
    done = hooks({"name": "migrate", "command": ["note", "fails"]}, {"name": "after", "command": ["note", "after"]})

    assert done.code != 0
    assert ran(release, "after") == [], "a hook after one that failed"
