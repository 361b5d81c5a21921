"""Who is in the campaign's chat, and the project and settings of its bot."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from chaos.place import PROJECT, Place

ADMINS = ("olga", "oskar")
DEPLOYERS = ("anna", "bert", "carla", "dirk")
KEEPERS = ("bert", "carla", "dirk")
# Who may break the glass.
ON_CALL = "dirk"
# They are given roles and lose them again.
FLOATING = ("emil", "fay", "gus")
OTHERS = ("hans", "ida", "jon", "kim", "lea", "max", "nora", "otto", "pia", "quin", "rosa", "sven")
PROBER = "prober"
PEOPLE = (*ADMINS, *DEPLOYERS, *FLOATING, *OTHERS)

FIRST_ROLES = {"admin": ADMINS, "deployer": (*DEPLOYERS, PROBER), "keeper": KEEPERS, "oncall": (ON_CALL,)}
APPROVAL_SECONDS = 12
SHARED = ("ansible.cfg", "callback_plugins", "libexec")


def make_project(place: Place) -> None:
    """A copy: whoever edits the sources meanwhile does not change what is approved and run."""
    nothing_compiled = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PROJECT / "chaos" / "project", place.code, ignore=nothing_compiled)
    for name in SHARED:
        source = PROJECT / name
        if source.is_dir():
            shutil.copytree(source, place.code / name, ignore=nothing_compiled)
        else:
            shutil.copy(source, place.code / name)


def write_settings(place: Place, python: Path) -> Path:
    file = place.root / "settings.yml"
    first = {role: [f"play:{name}" for name in names] for role, names in FIRST_ROLES.items()}
    settings = {
        "demo": True,
        "state": str(place.state),
        "code": str(place.code),
        "catalog": ["commands"],
        "python": str(python),
        "chat": {"play": "on", "console": "off"},
        "gate": {"first-roles": first, "approval-time": f"{APPROVAL_SECONDS}s"},
        "run": {"environment": {"CHAOS_EFFECTS": str(place.effects)}},
    }
    # JSON is YAML.
    file.write_text(json.dumps(settings, indent=2) + "\n")
    (place.evidence / "rules.json").write_text(json.dumps({"first-roles": first}, indent=2) + "\n")
    shutil.copy(place.code / "commands" / "chaos.yml", place.evidence / "catalog.yml")
    return file
