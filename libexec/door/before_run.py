"""Looks at the settings of a bot that is about to run on its own: refuses a demo's folder, and prints which of kafka
and redis must run here because nobody set where they are, one name a line.

    before_run.py [--only-look] [--settings FILE]… [--set KEY=VALUE]…

With --only-look nothing is refused, since nothing is about to run. Other arguments are the bot's and are passed over.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import yaml

PLACES_OF = {"kafka": ["kafka.brokers"], "redis": ["redis.uri", "redis.sentinels"]}
MARKER = "signalbox-demo"


def dotted(tree: object, prefix: str = "") -> dict[str, str]:
    """Every value by its dotted key, however the keys are nested."""
    if not isinstance(tree, dict):
        return {prefix: str(tree)} if tree is not None else {}
    flat: dict[str, str] = {}
    for name, below in tree.items():
        flat |= dotted(below, f"{prefix}.{name}" if prefix else str(name))
    return flat


def settings_in(file: str) -> dict[str, str]:
    try:
        return dotted(yaml.safe_load(Path(file).read_text()) or {})
    except OSError as reason:
        sys.exit(f"signalbox: the settings file {file} cannot be read: {reason.strerror}")
    except yaml.YAMLError as reason:
        sys.exit(f"signalbox: the settings file {file} is not YAML: {reason}")


def from_environment(key: str) -> str | None:
    return os.environ.get("SIGNALBOX_" + key.upper().replace(".", "_").replace("-", "_"))


def effective(files: list[str], pairs: list[str]) -> dict[str, str]:
    """The settings that matter here, later ones winning: files, environment, --set."""
    found: dict[str, str] = {}
    for file in files:
        found |= settings_in(file)
    for key in ("state", "demo", *(key for keys in PLACES_OF.values() for key in keys)):
        value = from_environment(key)
        if value:
            found[key] = value
    return found | {key: value for key, _, value in (pair.partition("=") for pair in pairs)}


def refuse_a_demo(settings: dict[str, str]) -> None:
    if settings.get("demo", "false").lower() in ("true", "on"):
        sys.exit("signalbox: these settings are a demo's (demo: true); 'run' is for a bot of your own")
    state = Path(settings.get("state", ".signalbox/state")).absolute()
    for folder in (state, *state.parents):
        if (folder / MARKER).exists():
            sys.exit(f"signalbox: the state folder {state} belongs to the demo in {folder}; 'run' needs one of its own")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--only-look", action="store_true")
    parser.add_argument("--settings", action="append", default=[])
    parser.add_argument("--set", action="append", default=[])
    asked, _ = parser.parse_known_args()
    settings = effective(asked.settings, asked.set)
    if not asked.only_look:
        refuse_a_demo(settings)
    for part, keys in PLACES_OF.items():
        if not any(key in settings for key in keys):
            print(part)


if __name__ == "__main__":
    main()
