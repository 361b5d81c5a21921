"""Makes a campaign's Redis, Kafka and bot: each server on a disk of its own, all of them stopped."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from chaos.company import make_project, write_settings
from chaos.disk import Disk
from chaos.parts import Part
from chaos.place import PROJECT, Place
from chaos.redis import Redis

# Room for what a minute writes, many times over, and for Redis to write its log anew.
BASE_MEBIBYTES = 96
MEBIBYTES_A_MINUTE = 24


@dataclass(frozen=True)
class Build:
    """Where the bot's program lies: the folder of a build, with the file of Java's arguments to start it with."""

    folder: Path
    arguments: Path

    def java(self, *words: str) -> list[str]:
        return ["java", f"@{self.arguments}", *words]


@dataclass(frozen=True)
class Estate:
    place: Place
    build: Build
    bot: Part
    redis: Part
    kafka: Part
    disks: dict[str, Disk]
    redis_port: int
    kafka_port: int

    @property
    def parts(self) -> list[Part]:
        return [self.redis, self.kafka, self.bot]

    def brain(self) -> Redis:
        return Redis(self.redis_port, (self.place.redis_disk / "password").read_text().strip())


def make(place: Place, build: Build, minutes: float) -> Estate:
    size = BASE_MEBIBYTES + int(MEBIBYTES_A_MINUTE * minutes)
    disks = {"redis": Disk.mounted(place.redis_disk, size), "kafka": Disk.mounted(place.kafka_disk, size)}
    ports = _write_configuration(place.parts)
    make_project(place)
    settings = write_settings(place, Path(sys.executable))
    redis = shutil.which("redis-server", path="/usr/local/bin:/usr/bin:/usr/sbin") or sys.exit("chaos: no redis-server")
    password = place.redis_disk / "password"
    broker = build.java("io.signalbox.audit.broker.LocalBroker", str(place.parts / "kafka"))
    bot = build.java("io.signalbox.Signalbox", "--settings", str(settings), "--settings", str(place.parts / "bot.yml"))
    return Estate(
        place=place,
        build=build,
        bot=Part("bot", bot, place.parts, lambda pid: _names(place.state / "ready", pid)),
        redis=Part("redis", [redis, str(place.redis_disk / "redis.conf")], place.parts,
                   lambda pid: Redis(ports["redis"], password.read_text().strip()).answers()),
        kafka=Part("kafka", broker, place.parts, lambda pid: _names(place.parts / "kafka" / "ready", pid)),
        disks=disks,
        redis_port=ports["redis"],
        kafka_port=ports["kafka"],
    )


def _write_configuration(folder: Path) -> dict[str, int]:
    """As for every local Kafka and Redis of the project."""
    program = PROJECT / "libexec" / "door" / "local_parts.py"
    told = subprocess.run([sys.executable, str(program), str(folder)], check=True, timeout=60, capture_output=True, text=True)
    return {name: int(port) for name, port in (line.split("=") for line in told.stdout.split())}


def _names(file: Path, pid: int) -> bool:
    try:
        return file.read_text().strip() == str(pid)
    except FileNotFoundError:
        return False
