"""2: what ran was announced before, each command has its one beginning and its one end, and all that was taken is there."""

from __future__ import annotations

import re
from collections import Counter

from chaos.auditor.evidence import TERMINAL, Command, Evidence
from chaos.auditor.findings import Findings

# Which step may follow which.
AFTER = {
    "Misunderstood": {"Requested"},
    "Understood": {"Requested"},
    "Scheduled": {"Understood", "Scheduled"},
    "Queued": {"Understood", "Scheduled", "Queued", "ApprovalGiven", "GlassBroken"},  # again where its place has changed
    "ApprovalRequested": {"Understood", "Scheduled", "Queued"},
    "ApprovalGiven": {"ApprovalRequested", "ApprovalGiven"},
    "GlassBroken": {"ApprovalRequested", "ApprovalGiven"},
    "Denied": {"ApprovalRequested", "ApprovalGiven"},
    "Withdrawn": {"Scheduled", "Queued", "ApprovalRequested", "ApprovalGiven"},
    "Expired": {"Scheduled", "Queued", "ApprovalRequested", "ApprovalGiven"},
    "Voided": {"Scheduled", "Queued", "ApprovalRequested", "ApprovalGiven", "GlassBroken"},
    "Admitted": {"Understood", "Scheduled", "Queued", "ApprovalGiven", "GlassBroken"},
    "Refused": {"Requested", "Understood", "Scheduled", "Queued", "ApprovalGiven", "GlassBroken", "Admitted"},
    "Answered": {"Admitted"},
    "Dispatched": {"Admitted"},
    "Started": {"Dispatched"},
    "Finished": {"Admitted", "Dispatched", "Started"},
}
ADDRESSED = re.compile(r"\s*(?:[@/]?signalbox[:,\s]|\.[a-z])", re.IGNORECASE)
DECISION = re.compile(r"\s*(?:approve|deny)\s+(\w+)", re.IGNORECASE)


def audit(evidence: Evidence, findings: Findings) -> None:
    for command in evidence.commands.values():
        _life(findings, command)
    for effect in evidence.effects:
        _announced(evidence, findings, effect)
    _taken(evidence, findings)


def _life(findings: Findings, command: Command) -> None:
    kinds = Counter(record.kind for _, record in command.steps)
    ends = sum(count for kind, count in kinds.items() if kind in TERMINAL)
    findings.check(2, "one beginning", kinds["Requested"] == 1 and command.steps[0][1].kind == "Requested", command.id,
                   f"{kinds['Requested']} records say that it was requested")
    findings.check(2, "one end", ends == 1 and command.state in TERMINAL, command.id,
                   f"{ends} records end it, and the last one is {command.state}")
    for (_, before), (_, record) in zip(command.steps, command.steps[1:], strict=False):
        findings.check(2, "each step follows from the one before", before.kind in AFTER.get(record.kind, ()), command.id,
                       f"{record.kind} after {before.kind}")


def _announced(evidence: Evidence, findings: Findings, effect) -> None:  # noqa: ANN001
    command = evidence.commands.get(effect.command)
    dispatched = command.first("Dispatched") if command else None
    if not findings.check(2, "announced before it ran", dispatched, effect.command,
                          f"process {effect.pid} ran {effect.name}, and the log announces nothing of it"):
        return
    for when, what in ((dispatched.at, "decided"), (dispatched.sent, "sent to Kafka")):
        findings.check(2, "announced before it ran", when <= effect.begin, effect.command,
                       f"it ran at {effect.begin}, and was {what} {(when - effect.begin) / 1e6:.3f} s later")
    asked = (command.word, command.arguments.get("millis", "0"))
    findings.check(2, "what ran is what was asked", asked == (effect.name, effect.millis), effect.command,
                   f"asked was {asked}, and {(effect.name, effect.millis)} ran")
    started = command.first("Started")
    if started is not None and "program" in evidence.spec(command.word).get("run", ()):
        findings.check(2, "the process that was told", started.data["pid"] == effect.pid, effect.command,
                       f"told was process {started.data['pid']}, and {effect.pid} ran")


def _taken(evidence: Evidence, findings: Findings) -> None:
    """The chat was told that a message is taken: then it is in the log, unless the person was told that it may not be."""
    requested = {record.data["message"]: record for record in evidence.log if record.kind == "Requested"}
    heard = {told["heard"] for told in evidence.told if "heard" in told}
    warned = {told["post"]["id"].removeprefix("unrecorded/") for told in evidence.told
              if told.get("post", {}).get("id", "").startswith("unrecorded/")}  # fmt: skip
    for content in _first_said(evidence).values():
        message = content["id"]
        record = requested.get(message)
        if content.get("edited"):
            steps = evidence.commands[record.command].steps if record else []
            findings.check(1, "what was changed is not run", all(step.kind in ("Requested", "Refused") for _, step in steps), message,
                           f"a change of {content['edited']} became {[step.kind for _, step in steps]}")
            continue
        if not _is_for_the_bot(evidence, content):
            findings.check(2, "what people say to one another is not recorded", record is None, message,
                           f"it became {record.command if record else ''}")
            continue
        if message in heard and message not in warned:
            findings.check(2, "what was taken is recorded", record is not None, message, "it was taken, and is not in the log")
        if record is not None:
            words = content.get("text", content.get("button", ""))
            person = f"play:{content['person']}"
            findings.check(1, "who asked is who spoke", record.data["by"]["id"] == person, record.command,
                           f"{person} said it, and the log says {record.data['by']['id']}")
            kept = record.data["text"].removesuffix("…")
            findings.check(2, "what was said is what is recorded", kept in words, record.command,
                           f"said was {words[:80]!r}, recorded {kept[:80]!r}")


def _first_said(evidence: Evidence) -> dict[str, dict]:
    """Each message as it was before any change of it."""
    found: dict[str, dict] = {}
    for said in evidence.said:
        (kind, content), = said.items()
        found.setdefault(content["id"], {**content, "click": kind == "click"})
    return found


def _is_for_the_bot(evidence: Evidence, content: dict) -> bool:
    if content["click"] or content["room"].startswith("@") or ADDRESSED.match(content["text"]):
        return True
    decided = DECISION.match(content["text"])
    target = evidence.commands.get(decided[1].lower()) if decided else None
    return target is not None and bool(target.all("ApprovalRequested"))
