"""DIR/settings.yml: the bot's settings for this sandbox."""

from __future__ import annotations

from typing import Any

import yaml

from sandbox.account import Account
from sandbox.environments import ENVIRONMENT
from sandbox.place import Place

DEPLOYERS, ADMINS = ("anna", "bert", "carla"), ("olga",)


def repository_url(place: Place) -> str:
    return f"file://{place.repository}"


def settings(place: Place) -> dict[str, Any]:
    def people(names: tuple[str, ...]) -> list[str]:
        return [f"play:{name}" for name in names]

    return {
        "demo": True,
        "state": str(place.bot / "state"),
        "gate": {"first-roles": {"admin": people(ADMINS), "deployer": people(DEPLOYERS)}},
        "run": {"environment": ENVIRONMENT, "ssh-key": str(place.key)},
        "repositories": {"backend": repository_url(place)},
    }


def write(place: Place, login: Account) -> None:
    text = yaml.safe_dump(settings(place), sort_keys=False, default_flow_style=False)
    place.settings.write_text("# Written by the sandbox for the bot that runs in it.\n" + text)
    place.settings.chmod(0o644)
    login.own(place.settings)
