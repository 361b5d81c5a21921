"""What was found: the log as Kafka gave it, the brain as Redis gave it, what really ran, and what people were told."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path

import yaml

TERMINAL = frozenset({"Misunderstood", "Answered", "Refused", "Denied", "Withdrawn", "Expired", "Voided", "Finished"})


def micros(text: str) -> int:
    """Microseconds since 1970 of a time as the log has it; what is finer is cut off."""
    whole = datetime.fromisoformat(text)
    return int(whole.timestamp()) * 1_000_000 + whole.microsecond


@dataclass(frozen=True)
class Record:
    offset: int
    sent: int  # microseconds since 1970: when the record was handed to Kafka, of which only milliseconds are known
    key: str
    value: bytes
    envelope: dict

    @property
    def data(self) -> dict:
        return self.envelope["data"]

    @property
    def kind(self) -> str:
        return self.data["kind"]

    @property
    def command(self) -> str:
        return self.data["id"]

    @property
    def at(self) -> int:
        return micros(self.data["at"])


@dataclass(frozen=True)
class Effect:
    """One process that really ran; without an end where it was killed."""

    command: str
    nonce: str
    pid: int
    begin: int
    name: str
    millis: str
    end: int | None = None
    how: str | None = None


@dataclass
class Command:
    """One command's records, oldest first, each with its place in the whole log."""

    id: str
    steps: list[tuple[int, Record]] = field(default_factory=list)

    def all(self, *kinds: str) -> list[tuple[int, Record]]:
        return [step for step in self.steps if step[1].kind in kinds]

    def first(self, kind: str) -> Record | None:
        return next((record for _, record in self.steps if record.kind == kind), None)

    @property
    def by(self) -> str:
        requested = self.first("Requested")
        return requested.data["by"]["id"] if requested else ""

    @property
    def instruction(self) -> dict:
        understood = self.first("Understood")
        return understood.data["instruction"] if understood else {"command": "", "arguments": {}}

    @property
    def word(self) -> str:
        return self.instruction["command"]

    @property
    def arguments(self) -> dict:
        return self.instruction["arguments"]

    @property
    def state(self) -> str:
        return self.steps[-1][1].kind


@dataclass(frozen=True)
class Evidence:
    folder: Path

    @cached_property
    def log(self) -> list[Record]:
        return [record for record in self.lines if isinstance(record, Record)]

    @cached_property
    def lines(self) -> list[Record | bytes]:
        """Every record of the topic; as it stands where it is none of Signalbox's."""
        return [_record(line) for line in (self.folder / "audit.log").read_bytes().split(b"\n") if line]

    @cached_property
    def commands(self) -> dict[str, Command]:
        found: dict[str, Command] = {}
        for place, record in enumerate(self.log):
            found.setdefault(record.command, Command(record.command)).steps.append((place, record))
        return found

    @cached_property
    def effect_lines(self) -> list[list[str]]:
        return [line.split(" ") for line in (self.folder / "effects.log").read_text().splitlines()]

    @cached_property
    def effects(self) -> list[Effect]:
        begun: dict[str, Effect] = {}
        for words in self.effect_lines:
            if words[0] == "begin":
                _, command, nonce, pid, at, name, millis = words
                begun[nonce] = Effect(command, nonce, int(pid), int(at), name, millis)
            elif words[0] == "end" and words[2] in begun:
                begun[words[2]] = Effect(**{**begun[words[2]].__dict__, "end": int(words[4]), "how": words[5]})
        return list(begun.values())

    @cached_property
    def effects_of(self) -> dict[str, list[Effect]]:
        found: dict[str, list[Effect]] = defaultdict(list)
        for effect in self.effects:
            found[effect.command].append(effect)
        return found

    @cached_property
    def brain(self) -> dict[str, object]:
        """Value by key."""
        return {name: entry["value"] for name, entry in self._json("brain.json").items()}

    @cached_property
    def said(self) -> list[dict]:
        """What people handed in, in that order, as often as they did: a `say` or a `click`, and when."""
        return [each["said"] for each in self._transcript if "said" in each]

    @cached_property
    def told(self) -> list[dict]:
        return [each["told"] for each in self._transcript if "told" in each]

    @cached_property
    def catalog(self) -> dict[str, dict]:
        return self._catalog_file["commands"]

    @cached_property
    def policy(self) -> dict:
        return self._catalog_file.get("policy", {})

    def spec(self, word: str) -> dict:
        """What the catalog says of a command that runs something; of a word about the bot, and of none at all, nothing."""
        return self.catalog.get(word, {})

    @cached_property
    def first_roles(self) -> dict[str, list[str]]:
        return self._json("rules.json")["first-roles"]

    @cached_property
    def faults(self) -> list[dict]:
        return [json.loads(line) for line in (self.folder / "faults.jsonl").read_text().splitlines()]

    @cached_property
    def rest(self) -> dict:
        return self._json("rest.json")

    @cached_property
    def ended(self) -> list[list]:
        """Processes that ended by themselves: when, which, how."""
        return self._json("ended.json")

    @cached_property
    def _catalog_file(self) -> dict:
        return yaml.safe_load((self.folder / "catalog.yml").read_text())

    @cached_property
    def _transcript(self) -> list[dict]:
        return [json.loads(line) for line in (self.folder / "transcript.jsonl").read_text().splitlines()]

    def _json(self, name: str):  # noqa: ANN202
        return json.loads((self.folder / name).read_text())


def _record(line: bytes) -> Record | bytes:
    try:
        offset, sent, key, value = line.split(b"\t", 3)
        envelope = json.loads(value)
        record = Record(int(offset), int(sent) * 1000, key.decode(), value, envelope)
        _ = record.at, record.kind, record.command
    except (ValueError, KeyError, TypeError):
        return line
    return record
