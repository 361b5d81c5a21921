"""4: what a person locked or froze keeps others out until he ends it or its time is over, and the brain knows the same of it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace

from chaos.auditor.evidence import Command, Evidence, Record
from chaos.auditor.findings import Findings

UNITS = {"s": 1_000_000, "m": 60_000_000, "h": 3_600_000_000}
# The end of a lock or freeze is reckoned from the moment at which its words were decided, which is not in the log.
SLACK = 5_000_000
EVERYTHING = "everything"
FREED_A_RUN = " is free again."


@dataclass(frozen=True)
class Kept:
    """By whom, with which words, and until when."""

    person: str
    command: str
    until: int | None

    def surely(self, moment: int) -> bool:
        return self.until is None or moment < self.until - SLACK

    def perhaps(self, moment: int) -> bool:
        return self.until is None or moment < self.until + SLACK


def audit(evidence: Evidence, findings: Findings) -> None:
    held: dict[str, Kept] = {}
    frozen: dict[str, Kept] = {}
    for record in evidence.log:
        command = evidence.commands[record.command]
        if record.kind == "Answered":
            change(command, record, held, frozen)
        elif record.kind == "Admitted" and evidence.spec(command.word):
            _let_through(evidence, findings, command, record, held, frozen)
    if evidence.log:
        _at_rest(evidence, findings, held, frozen, evidence.log[-1].at)


def frees_a_run(record: Record) -> bool:
    """An unlock ends either what a person keeps or what a lost run does; its answer says which."""
    return FREED_A_RUN in record.data["text"]


def change(command: Command, record: Record, held: dict[str, Kept], frozen: dict[str, Kept]) -> None:
    """What an answered word did to the locks that people keep, and to what is frozen."""
    said, word = command.arguments, command.word
    if word == "lock":
        held[said["lock"]] = Kept(command.by, command.id, _end(record.at, said))
    elif word == "extend" and said["lock"] in held:
        before = held[said["lock"]]
        held[said["lock"]] = replace(before, command=command.id, until=_end(before.until, said))
    elif word == "take-over" and said["lock"] in held:
        held[said["lock"]] = replace(held[said["lock"]], person=command.by, command=command.id)
    elif word == "unlock" and not frees_a_run(record):
        held.pop(said["lock"], None)
    elif word == "freeze":
        frozen[said["scope"]] = Kept(command.by, command.id, _end(record.at, said))
    elif word == "thaw":
        frozen.pop(said["scope"], None)


def _end(begin: int | None, said: dict) -> int | None:
    """The campaign's people say for how long, or nothing."""
    if begin is None or "time" not in said:
        return None
    number, unit = re.fullmatch(r"(\d+)([smh])", said["time"]).groups()
    return begin + int(number) * UNITS[unit]


def _let_through(
    evidence: Evidence, findings: Findings, command: Command, record: Record, held: dict[str, Kept], frozen: dict[str, Kept]
) -> None:
    lock = held.get(record.data["lock"] or "")
    findings.check(4, "a person's lock keeps others out", not lock or lock.person == command.by or not lock.surely(record.at),
                   command.id, f"it was let through under {record.data['lock']}, which {lock.person if lock else ''} keeps")
    if evidence.spec(command.word)["risk"] == "read":
        return
    for scope in (EVERYTHING, command.arguments.get("environment", "")):
        freeze = frozen.get(scope)
        findings.check(4, "nothing begins in a freeze", not freeze or not freeze.surely(record.at), command.id,
                       f"{scope} was frozen by {freeze.command if freeze else ''}")


def _at_rest(evidence: Evidence, findings: Findings, held: dict[str, Kept], frozen: dict[str, Kept], end: int) -> None:
    prefix = "sb:hold:"
    brain = evidence.brain
    holds = {name.removeprefix(prefix): value for name, value in brain.items() if name.startswith(prefix)}
    freezes = {scope: json.loads(text) for scope, text in (brain.get("sb:freezes") or {}).items()}
    for found, kept in ((holds, held), (freezes, frozen)):
        for name in sorted({*found, *kept}):
            expected, there = kept.get(name), found.get(name)
            gone = there is None and (expected is None or not expected.surely(end))
            same = there is not None and expected is not None and there["command"] == expected.command
            # What is over may still stand there: it keeps nobody out.
            over = there is not None and "until" in there and int(there["until"]) * 1000 < end + SLACK
            findings.check(4, "the brain's locks are those of the log", gone or same or over, name,
                           f"the brain says {there}, and the log {expected}")
