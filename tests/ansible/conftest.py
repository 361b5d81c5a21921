"""Real runs of ansible-playbook, and the events that they write."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

sys.path.insert(0, str(Path(__file__).parent))
from playbook_runs import PLAYBOOK, PROJECT, SECONDS, Ran, read, surroundings


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Ran]:
    """Runs a playbook of the project, or of a text, and waits for it."""

    def start(playbook: str, *words: str, variables: dict[str, Any] | None = None, inside: Sequence[str] = (), **environment: str) -> Ran:
        path = playbook
        if "\n" in playbook:
            path = str(tmp_path / "playbook.yml")
            Path(path).write_text(playbook)
        line = [*inside, sys.executable, PLAYBOOK, path, *words]
        if variables is not None:
            line += ["-e", json.dumps(variables)]
        events = tmp_path / "events.jsonl"
        events.unlink(missing_ok=True)
        ended = subprocess.run(
            line, cwd=PROJECT, env=surroundings(tmp_path, **environment), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=SECONDS, check=False,
        )
        return Ran(ended.returncode, ended.stdout, read(events))

    return start


@pytest.fixture
def inventory(tmp_path: Path) -> Callable[..., str]:
    """The settings of an environment with instances of the test, in place of those that AWS has."""

    def write(*instances: dict[str, str], environment: str = "staging") -> str:
        settings = yaml.safe_load((PROJECT / f"inventory/{environment}/group_vars/all.yml").read_text())
        hosts = {each["id"]: {"fleet_instance": each, "ansible_host": each["address"]} for each in instances}
        path = tmp_path / "inventory.yml"
        path.write_text(yaml.safe_dump({"all": {"vars": settings, "children": {"aws_ec2": {"hosts": hosts}}}}))
        return str(path)

    return write
