"""4: a lock has one holder, is freed by its own run or by a person who may, and the brain knows the same of it as the log."""

from __future__ import annotations

from chaos.auditor.evidence import TERMINAL, Evidence, Record
from chaos.auditor.findings import Findings
from chaos.auditor.holds import frees_a_run

LOCK = "sb:lock:"


def audit(evidence: Evidence, findings: Findings) -> None:
    held: dict[str, str] = {}  # lock by name: the command that has it
    over: dict[str, Record] = {}
    for record in evidence.log:
        command = evidence.commands[record.command]
        if record.kind in TERMINAL:
            over[record.command] = record
        if record.kind == "Admitted" and record.data["lock"]:
            lock = record.data["lock"]
            findings.check(4, "a lock has one holder", held.get(lock) in (None, command.id), command.id,
                           f"it was given {lock}, which {held.get(lock)} held")
            held[lock] = command.id
        elif record.kind == "Finished" and record.data["outcome"] != "lost":
            for lock in [lock for lock, holder in held.items() if holder == command.id]:
                del held[lock]
        elif record.kind == "Answered" and command.word == "unlock" and frees_a_run(record):
            lock = command.arguments["lock"]
            holder = held.pop(lock, None)
            findings.check(4, "only what is over is unlocked", holder in over, command.id,
                           f"{lock} was freed, and {holder} that held it was not over")
    _at_rest(evidence, findings, held, over)


def _at_rest(evidence: Evidence, findings: Findings, held: dict[str, str], over: dict[str, Record]) -> None:
    brain = evidence.brain
    found = {name.removeprefix(LOCK): value["command"] for name, value in brain.items() if name.startswith(LOCK)}
    for lock in sorted({*held, *found}):
        findings.check(4, "the brain's locks are those of the log", held.get(lock) == found.get(lock), lock,
                       f"the brain says {found.get(lock)}, and the log {held.get(lock)}")
    findings.check(4, "the brain's locks are those of the log", set(brain.get("sb:locks") or ()) == set(found), "sb:locks",
                   f"it names {sorted(brain.get('sb:locks') or ())}, and there are {sorted(found)}")
    for lock, holder in found.items():
        end = over.get(holder)
        findings.check(4, "what is locked at rest was lost", end is not None and end.data.get("outcome") == "lost", lock,
                       f"{holder} holds it, which is {end.data.get('outcome', end.kind) if end else 'not over'}")
