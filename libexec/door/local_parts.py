"""Writes what a local Kafka and Redis need: passwords, ports, their configuration, and the bot's settings for them.

    local_parts.py FOLDER [--kafka-port N] [--redis-port N] [--part kafka] [--part redis] [--tell]

Nothing that is there changes: passwords and ports are chosen once. Every file that holds or names a secret is 0600.
A demo uses a database of Redis for each conversation.
Prints a line NAME=PORT for each part, and with --tell a line wrote=FILE for each file that is new or another. The settings are FOLDER/bot.yml (the bot's account) and FOLDER/ops.yml (one
that only reads the audit log).
"""

from __future__ import annotations

import argparse
import os
import random
import secrets
import socket
from pathlib import Path

import yaml

# Above the usual servers and below 32768, where the kernel takes the ports of outgoing connections from.
PORTS = range(20000, 32000)


written: list[Path] = []


def private_file(path: Path, content: str) -> None:
    if path.exists() and path.read_text() == content:
        return
    written.append(path)
    fresh = path.with_name(path.name + ".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(content)
    fresh.rename(path)


def chosen_once(path: Path, choice: str) -> str:
    if not path.exists():
        private_file(path, choice)
    return path.read_text().strip()


def free_port() -> int:
    for port in random.sample(PORTS, 200):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
    raise SystemExit(f"no free port found between {PORTS.start} and {PORTS.stop}")


def kafka(folder: Path, port: int | None) -> tuple[int, dict[str, str]]:
    number = int(chosen_once(folder / "kafka.port", str(port or free_port())))
    part = folder / "kafka"
    part.mkdir(mode=0o700, exist_ok=True)
    passwords = {name: part / f"{name}.password" for name in ("bot", "ops")}
    for path in passwords.values():
        chosen_once(path, secrets.token_urlsafe(32))
    lines = [f"port={number}", f"data={part / 'data'}"]
    lines += [f"{name}.password-file={path}" for name, path in passwords.items()]
    private_file(part / "broker.properties", "\n".join(lines) + "\n")
    common = {"brokers": f"127.0.0.1:{number}", "security": "sasl-plaintext"}
    return number, {
        name: {**common, "username": name, "password-file": str(path)} for name, path in passwords.items()
    }


def redis(folder: Path, port: int | None) -> tuple[int, dict[str, str]]:
    number = int(chosen_once(folder / "redis.port", str(port or free_port())))
    part = folder / "redis"
    part.mkdir(mode=0o700, exist_ok=True)
    password = chosen_once(part / "password", secrets.token_urlsafe(32))
    private_file(
        part / "redis.conf",
        f"""\
bind 127.0.0.1
port {number}
protected-mode yes
requirepass {password}
dir "{part}"
databases 1000
daemonize no
appendonly yes
appendfsync always
save ""
""",
    )
    return number, {"uri": f"redis://127.0.0.1:{number}/0", "password-file": str(part / "password")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kafka-port", type=int)
    parser.add_argument("--redis-port", type=int)
    parser.add_argument("--part", action="append", choices=("kafka", "redis"), default=[])
    parser.add_argument("--tell", action="store_true")
    asked = parser.parse_args()
    folder = asked.folder.absolute()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    parts = asked.part or ["kafka", "redis"]
    settings: dict[str, dict[str, object]] = {"bot": {}, "ops": {}}
    if "redis" in parts:
        port, own = redis(folder, asked.redis_port)
        settings["bot"]["redis"] = own
        print(f"redis={port}")
    if "kafka" in parts:
        port, accounts = kafka(folder, asked.kafka_port)
        for name, own in accounts.items():
            settings[name]["kafka"] = own
        print(f"kafka={port}")
    if not settings["ops"]:
        # Another Kafka is set: who reads the log does so with its settings.
        del settings["ops"]
        (folder / "ops.yml").unlink(missing_ok=True)
    for name, content in settings.items():
        private_file(folder / f"{name}.yml", yaml.safe_dump(content, sort_keys=True))
    if asked.tell:
        print("".join(f"wrote={path}\n" for path in written), end="")


if __name__ == "__main__":
    main()
