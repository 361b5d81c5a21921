"""Writes DIR/processes.json: how the crew of a sandbox starts Kafka, Redis and the bot.

    demo_processes.py DIR JAVA_ARGUMENTS_FILE
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

SERVERS = "/usr/local/sbin:/usr/sbin:/sbin"
# The player writes there what a conversation sets, and starts the bot again.
OVERRIDES = Path("bot") / "overrides.yml"
# The bot of a demo has no terminal: people speak to it through the play socket.
SPEAKING = ["--set", "chat.play=on", "--set", "chat.console=off"]


def program(name: str) -> str:
    return shutil.which(name) or shutil.which(name, path=SERVERS) or sys.exit(f"signalbox: {name} is not installed")


def process(argv: list[str], ready: dict[str, str]) -> dict[str, object]:
    return {"argv": argv, "environment": {}, "cwd": str(Path.cwd()), "ready": ready}


def processes(demo: Path, java_arguments: str) -> dict[str, object]:
    local = demo / "bot" / "local"
    java = [program("java"), f"@{java_arguments}"]
    bot = [*java, "io.signalbox.Signalbox"]
    for file in (demo / "settings.yml", local / "bot.yml", demo / OVERRIDES):
        bot += ["--settings", str(file)]
    broker = [*java, "io.signalbox.audit.broker.LocalBroker", f"{local}/kafka"]
    return {
        "kafka": process(broker, {"tcp": "127.0.0.1:9092"}),
        "redis": process([program("redis-server"), f"{local}/redis/redis.conf"], {"tcp": "127.0.0.1:6379"}),
        "bot": process([*bot, *SPEAKING], {"file": f"{demo}/bot/state/ready"}),
    }


def main() -> None:
    demo, java_arguments = Path(sys.argv[1]), sys.argv[2]
    (demo / OVERRIDES).write_text("{}\n")
    (demo / "processes.json").write_text(json.dumps(processes(demo, java_arguments), indent=2) + "\n")


if __name__ == "__main__":
    main()
