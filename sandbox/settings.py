"""DIR/settings.yml: the bot's settings for this sandbox."""

from __future__ import annotations

from typing import Any

import yaml

from sandbox.account import Account
from sandbox.environments import ENVIRONMENT
from sandbox.place import Place

ROLES = {"admin": ("olga",), "deployer": ("anna", "bert", "carla"), "oncall": ("olga",)}


def first_roles() -> dict[str, list[str]]:
    """Who has which role at first, by the ids of a played chat."""
    return {role: [f"play:{name}" for name in names] for role, names in ROLES.items()}


def repository_url(place: Place) -> str:
    return f"file://{place.repository}"


def settings(place: Place) -> dict[str, Any]:
    return {
        "demo": True,
        "state": str(place.bot / "state"),
        "gate": {"first-roles": first_roles()},
        "run": {"environment": ENVIRONMENT, "ssh-key": str(place.key)},
        "repositories": {"backend": repository_url(place)},
    }


def write(place: Place, login: Account) -> None:
    text = yaml.safe_dump(settings(place), sort_keys=False, default_flow_style=False)
    place.settings.write_text("# Written by the sandbox for the bot that runs in it.\n" + text)
    place.settings.chmod(0o644)
    login.own(place.settings)
