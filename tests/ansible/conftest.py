"""What the tests of the playbooks share: real runs of ansible-playbook, and the events that they write."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]
PLAYBOOK = str(Path(sys.executable).parent / "ansible-playbook")
SECONDS = 120


@dataclass(frozen=True)
class Ran:
    code: int
    output: str
    events: list[dict[str, Any]]

    def of(self, *kinds: str) -> list[dict[str, Any]]:
        return [event for event in self.events if event["event"] in kinds]

    def one(self, kind: str, task: str) -> dict[str, Any]:
        found = [event for event in self.of(kind) if event["task"] == task]
        assert len(found) == 1, f"{kind} of {task}: {found}"
        return found[0]

    def said(self) -> str:
        """The output without the line breaks that Ansible folds messages with."""
        return " ".join(self.output.split())


def read(events: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in events.read_text().splitlines()] if events.exists() else []


def surroundings(folder: Path, **more: str) -> dict[str, str]:
    """No AWS of the machine that runs the tests: an endpoint where nobody listens, and no credentials."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return {
        **kept,
        "HOME": str(folder),
        "AWS_REGION": "eu-central-1",
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
        "AWS_EC2_METADATA_DISABLED": "true",
        "ANSIBLE_NOCOLOR": "1",
        "ANSIBLE_COLLECTIONS_PATH": str(PROJECT / ".signalbox" / "collections"),
        "PLAYBOOK_STATE": str(folder / "state"),
        "SIGNALBOX_EVENTS": str(folder / "events.jsonl"),
        **more,
    }


def unsafe(value: Any) -> Any:
    """A person's words as the bot hands them over."""
    if isinstance(value, str):
        return {"__ansible_unsafe": value}
    return [unsafe(each) for each in value]


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


def instance(number: int, state: str, generation: int, **more: str) -> dict[str, str]:
    """An instance as the inventory composes it."""
    return {
        "id": f"i-{number}", "role": "web", "state": state, "generation": str(generation), "version": f"v{generation}",
        "commit": f"{generation:040x}", "live_since": "0", "address": f"127.20.0.{number}", "type": "t3.small",
        "subnet": "subnet-1", "power": "running", **more,
    }


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
