"""The folder of one campaign: everything that it makes lies in it, behind the marker by which `run` knows a demo."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

MARKER = "signalbox-demo"
PROJECT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Place:
    root: Path

    @staticmethod
    def fresh() -> Place:
        # Below /var/tmp, since the paths of sockets have to be short.
        place = Place(Path(tempfile.mkdtemp(prefix="signalbox-chaos-", dir="/var/tmp")))
        (place.root / MARKER).write_text("chaos\n")
        for folder in (place.parts, place.redis_disk, place.kafka_disk, place.evidence):
            folder.mkdir(parents=True, exist_ok=True)
        place.effects.touch()
        return place

    @property
    def parts(self) -> Path:
        """Configuration and logs of Redis, Kafka and the bot."""
        return self.root / "parts"

    @property
    def redis_disk(self) -> Path:
        return self.parts / "redis"

    @property
    def kafka_disk(self) -> Path:
        return self.parts / "kafka" / "data"

    @property
    def code(self) -> Path:
        """The project folder that the bot serves."""
        return self.root / "project"

    @property
    def state(self) -> Path:
        return self.root / "state"

    @property
    def socket(self) -> Path:
        return self.state / "play.sock"

    @property
    def evidence(self) -> Path:
        """What the auditor reads, and nothing else."""
        return self.root / "evidence"

    @property
    def effects(self) -> Path:
        return self.evidence / "effects.log"

    @property
    def transcript(self) -> Path:
        return self.evidence / "transcript.jsonl"

    @property
    def faults(self) -> Path:
        return self.evidence / "faults.jsonl"

    def remove(self) -> None:
        """The copies of the code are read-only, which root may remove all the same."""
        shutil.rmtree(self.root)
