"""Writes what a demo runs: DIR/processes.json for the sandbox's crew, or for a small demo the bot's DIR/settings.yml.

    demo_processes.py DIR JAVA_ARGUMENTS_FILE [--small]
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path

import yaml

# The player writes there what a conversation sets, and starts the bot again.
OVERRIDES = Path("bot") / "overrides.yml"
PEOPLE = {"anna": "deployer", "bert": "deployer", "carla": "deployer", "olga": "admin"}


def program(name: str) -> str:
    found = shutil.which(name) or shutil.which(name, path="/usr/local/sbin:/usr/sbin:/sbin")
    return found or sys.exit(f"signalbox: {name} is not installed")


def processes(demo: Path, java_arguments: str) -> dict[str, object]:
    local = demo / "bot" / "local"
    state = demo / "bot" / "state"
    project = str(Path.cwd())

    def process(argv: list[str], ready: dict[str, str]) -> dict[str, object]:
        return {"argv": argv, "environment": {}, "cwd": project, "ready": ready}

    java = [program("java"), f"@{java_arguments}"]
    bot = [*java, "io.signalbox.Signalbox"]
    for file in (demo / "settings.yml", local / "bot.yml", demo / OVERRIDES):
        bot += ["--settings", str(file)]
    for key, value in at_work(state).items():
        bot += ["--set", f"{key}={value}"]
    return {
        "kafka": process(
            [*java, "io.signalbox.audit.broker.LocalBroker", f"{local}/kafka"], {"tcp": "127.0.0.1:9092"}
        ),
        "redis": process([program("redis-server"), f"{local}/redis/redis.conf"], {"tcp": "127.0.0.1:6379"}),
        "bot": process(bot, {"file": f"{state}/ready"}),
    }


def at_work(state: Path) -> dict[str, str]:
    """What every bot of a demo is told: it speaks through the play socket, since it has no terminal."""
    return {"state": str(state), "chat.play": "on", "chat.console": "off"}


def small_settings(demo: Path) -> dict[str, object]:
    roles: dict[str, list[str]] = {}
    for name, role in PEOPLE.items():
        roles.setdefault(role, []).extend([f"play:{name}", f"console:{name}"])
    return {
        "demo": True,
        **at_work(demo / "bot" / "state"),
        "catalog": ["commands/small.yml"],
        "gate.first-roles": roles,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("demo", type=Path)
    parser.add_argument("java_arguments")
    parser.add_argument("--small", action="store_true")
    asked = parser.parse_args()
    if asked.small:
        (asked.demo / "settings.yml").write_text(yaml.safe_dump(small_settings(asked.demo)))
    else:
        (asked.demo / OVERRIDES).write_text("{}\n")
        text = json.dumps(processes(asked.demo, asked.java_arguments), indent=2)
        (asked.demo / "processes.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
