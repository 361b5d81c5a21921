"""How a playbook of the project is run in a test, what came of it, and what it is given."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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


def instance(number: int, state: str, generation: int, **more: str) -> dict[str, str]:
    """An instance as the inventory composes it."""
    return {
        "id": f"i-{number}", "role": "web", "state": state, "generation": str(generation), "version": f"v{generation}",
        "commit": f"{generation:040x}", "live_since": "0", "address": f"127.20.0.{number}", "type": "t3.small",
        "subnet": "subnet-1", "power": "running", **more,
    }
