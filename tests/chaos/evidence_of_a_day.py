"""The evidence of a short and lawful day, to be tampered with: a chain, a brain, processes and a transcript that agree."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
MORNING = 1_795_000_000_000_000  # microseconds since 1970
PLAN = {"digest": "4be1c0ff" + "0" * 56, "content": "77aa01", "commits": {}, "repositories": {}, "facts": None,
        "consequences": [], "summary": []}  # fmt: skip
TERMINAL = {"Misunderstood", "Answered", "Refused", "Denied", "Withdrawn", "Expired", "Voided", "Finished"}


def shown(micros: int) -> str:
    return datetime.fromtimestamp(micros / 1e6, tz=timezone.utc).isoformat(timespec="microseconds").replace("+00:00", "Z")


def person(name: str) -> dict:
    return {"id": f"play:{name}", "name": name}


@dataclass
class Day:
    """Events in the order of the log. Whoever changes them here and writes them leaves a chain that is sound in itself."""

    events: list[dict] = field(default_factory=list)
    effects: list[str] = field(default_factory=list)
    transcript: list[dict] = field(default_factory=list)
    faults: list[dict] = field(default_factory=list)
    ended: list[list] = field(default_factory=list)
    clock: int = MORNING

    def happens(self, kind: str, command: str, **what: object) -> dict:
        self.clock += 10_000
        event = {"kind": kind, "id": command, "at": shown(self.clock), **what}
        self.events.append(event)
        return event

    def said(self, command: str, name: str, text: str, understood: tuple[str, dict] | None = None) -> None:
        message = f"m-{command}"
        self.transcript.append({"said": {"say": {"id": message, "person": name, "room": "ops", "text": f"signalbox {text}"}}})
        self.transcript.append({"told": {"heard": message}})
        self.happens("Requested", command, by=person(name), room="play:ops", message=message, text=text)
        if understood:
            word, arguments = understood
            self.happens("Understood", command, instruction={"command": word, "canonical": text, "arguments": arguments})

    def answered(self, command: str, text: str) -> None:
        self.happens("Admitted", command, plan=None, lock=None)
        self.happens("Answered", command, text=text)
        self.tells(f"{command}/end", text)

    def tells(self, message: str, text: str, final: bool = True) -> None:
        self.transcript.append({"told": {"post": {"id": message, "room": "ops", "text": text, "final": final}}})

    def runs(self, command: str, name: str, millis: str, outcome: str, lock: str | None = None, ends: str | None = "done") -> None:
        self.happens("Admitted", command, plan=PLAN, lock=lock)
        self.happens("Dispatched", command, argv=["programs/effect"], folder=f"runs/{command}", home=None)
        self.clock += 50_000
        who = f"{command} nonce-{command} {4000 + len(self.effects)}"
        self.effects.append(f"begin {who} {self.clock} {name} {millis}")
        self.happens("Started", command, pid=4000 + len(self.effects) - 1, startTime=1, boot="b")
        if ends:
            self.clock += 100_000
            self.effects.append(f"end {who} {self.clock} {ends}")
        self.happens("Finished", command, outcome=outcome, exitCode=0, reason="done", result={}, failure=None)

    def event(self, command: str, kind: str) -> dict:
        return next(event for event in self.events if event["id"] == command and event["kind"] == kind)

    def drop(self, command: str, kind: str) -> None:
        self.events.remove(self.event(command, kind))


def lawful() -> Day:
    day = Day()
    day.said("grant1", "olga", "@emil has deployer role", ("grant", {"person": "play:emil", "role": "deployer"}))
    day.answered("grant1", "emil (play:emil) now has the role deployer.")
    day.said("work22", "anna", "work 100", ("chaos.work", {"millis": "100"}))
    day.runs("work22", "chaos.work", "100", "succeeded")
    day.tells("work22/result", "✓ `work 100` (work22) done in 0:00.")
    day.said("ship33", "anna", "ship to north 200", ("chaos.ship", {"environment": "north", "millis": "200"}))
    deadline = shown(day.clock + 12_000_000)
    day.happens("ApprovalRequested", "ship33", plan=PLAN, by="deployer", asked=["play:bert"], deadline=deadline)
    day.said("yes444", "bert", "approve ship33 4be1c0ff", ("approve", {"id": "ship33", "digest": "4be1c0ff"}))
    day.answered("yes444", "Approved: ship33.")
    day.happens("ApprovalGiven", "ship33", by=person("bert"), digest=PLAN["digest"])
    day.tells("ship33/approval", "needs another deployer\n  plan 4be1c0ff\nApproved by bert.")
    day.runs("ship33", "chaos.ship", "200", "lost", lock="site/north", ends=None)
    day.said("idle55", "hans", "work 100", ("chaos.work", {"millis": "100"}))
    day.happens("Refused", "idle55", code="role", reason="hans is no deployer", help=[])
    day.tells("idle55/end", "hans is no deployer")
    day.said("buil66", "carla", "build south 10", ("chaos.build", {"environment": "south", "millis": "10"}))
    day.runs("buil66", "chaos.build", "10", "succeeded", lock="site/south")
    day.said("none77", "carla", "build east 10", ("chaos.build", {"environment": "east", "millis": "10"}))
    day.happens("Admitted", "none77", plan=PLAN, lock="site/east")
    day.happens("Finished", "none77", outcome="not started", exitCode=None, reason="too late", result={}, failure=None)
    day.said("hold70", "dirk", "lock site/hill", ("lock", {"lock": "site/hill"}))
    day.answered("hold70", "Locked: site/hill.")
    day.said("hill71", "dirk", "build hill 30", ("chaos.build", {"environment": "hill", "millis": "30"}))
    day.runs("hill71", "chaos.build", "30", "succeeded", lock="site/hill")
    day.said("cold72", "olga", "freeze lake because ice", ("freeze", {"scope": "lake", "reason": "ice"}))
    day.answered("cold72", "Frozen: lake.")
    for number in "12":
        day.said(f"wait7{number}", "anna", "build west 40", ("chaos.build", {"environment": "west", "millis": "40"}))
        day.happens("Queued", f"wait7{number}", lock="site/west", place=int(number), until=shown(day.clock + 60_000_000))
    for number in "12":
        day.runs(f"wait7{number}", "chaos.build", "40", "succeeded", lock="site/west")
    day.said("late80", "anna", "work 20 in 1s", ("chaos.work", {"millis": "20"}))
    day.happens("Scheduled", "late80", due=shown(day.clock + 1_000_000))
    day.clock += 1_000_000
    day.runs("late80", "chaos.work", "20", "succeeded")
    day.said("free88", "dirk", "unlock site/west", ("unlock", {"lock": "site/west"}))
    day.happens("Refused", "free88", code="lock", reason="site/west is not held by anything.", help=[])
    day.transcript.append({"said": {"say": {"id": "m-new", "person": "hans", "room": "ops", "text": "signalbox work 1",
                                             "edited": "m-idle55"}}})  # fmt: skip
    day.happens("Requested", "edit99", by=person("hans"), room="play:ops", message="m-new", text="work 1")
    day.happens("Refused", "edit99", code="edited", reason="not run", help=[])
    click = {"id": "m-click", "person": "bert", "room": "ops", "message": "work22/result", "button": "look 0"}
    day.transcript.append({"said": {"click": click}})
    day.happens("Requested", "click0", by=person("bert"), room="play:ops", message="m-click", text="look 0")
    day.happens("Refused", "click0", code="clicked", reason="was clicked already", help=[])
    day.transcript.append({"said": {"say": {"id": "m-talk", "person": "ida", "room": "ops", "text": "lunch?"}}})
    day.transcript.append({"told": {"heard": "m-talk"}})
    day.faults.append({"kind": "bot killed", "window": "bot killed", "begin": 1.0, "end": 2.0, "restarts": 0, "recovery_ms": 2100})
    return day


def lines_of(day: Day) -> list[str]:
    """The lines of the topic, chained."""
    lines, before = [], "0" * 64
    for number, event in enumerate(day.events, start=1):
        kind = "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in event["kind"]).lstrip("-")
        envelope = {"specversion": "1.0", "id": str(number), "source": "signalbox://test", "type": f"io.signalbox.{kind}",
                    "datacontenttype": "application/json", "subject": event["id"], "time": event["at"], "sequence": str(number),
                    "previoushash": before, "data": event}  # fmt: skip
        value = json.dumps(envelope, separators=(",", ":"), ensure_ascii=False)
        before = hashlib.sha256(value.encode()).hexdigest()
        sent = int(datetime.fromisoformat(event["at"]).timestamp() * 1000) + 1
        lines.append(f"{number * 2}\t{sent}\t{event['id']}\t{value}")
    return lines


def brain_of(day: Day) -> dict[str, dict]:
    """What the brain knows when all of this was committed and acknowledged, and the lost run's lock is held."""
    last = hashlib.sha256(lines_of(day)[-1].split("\t")[3].encode()).hexdigest()
    count = str(len(day.events))
    keys: dict[str, object] = {
        "sb:seq": count,
        "sb:audit:acked": count,
        "sb:audit:head": {"topic": "signalbox.audit", "sequence": count, "hash": last},
        "sb:locks": ["site/north"],
        "sb:lock:site/north": {"command": "ship33"},
        "sb:hold:site/hill": {"command": "hold70", "person": "play:dirk"},
        "sb:freezes": {"lake": json.dumps({"command": "cold72"})},
        "sb:gate:role:admin": {"play:olga": "1"},
        "sb:gate:role:deployer": {f"play:{name}": "1" for name in ("anna", "bert", "carla", "dirk", "emil")},
        "sb:gate:role:keeper": {"play:carla": "1"},
    }
    for event in day.events:
        keys[f"sb:command:{event['id']}"] = {"state": event["kind"], "seq": "1"}
        keys.setdefault(f"sb:story:{event['id']}", []).append(json.dumps(event))
    return {name: {"type": "any", "value": value} for name, value in keys.items()}


def write(folder: Path, day: Day, tamper: Callable[[list[str], dict], None] = lambda lines, brain: None) -> Path:
    """`tamper` may change the lines of the topic and the keys of the brain as they lie there."""
    folder.mkdir(parents=True)
    lines, brain = lines_of(day), brain_of(day)
    tamper(lines, brain)
    first = {"admin": ["olga"], "deployer": ["anna", "bert", "carla", "dirk"], "keeper": ["carla"]}
    texts = {
        "audit.log": "".join(f"{line}\n" for line in lines),
        "effects.log": "".join(f"{line}\n" for line in day.effects),
        "transcript.jsonl": "".join(json.dumps({"at": 1, **line}) + "\n" for line in day.transcript),
        "faults.jsonl": "".join(json.dumps(line) + "\n" for line in day.faults),
        "brain.json": json.dumps(brain),
        "rules.json": json.dumps({"first-roles": {role: [f"play:{name}" for name in names] for role, names in first.items()}}),
        "rest.json": json.dumps({"left": [], "untaken": 0}),
        "ended.json": json.dumps(day.ended),
    }
    for name, text in texts.items():
        (folder / name).write_text(text)
    shutil.copy(PROJECT / "chaos" / "project" / "commands" / "chaos.yml", folder / "catalog.yml")
    return folder
