"""4: how a run ended, as it was told, is how its process ended; and at rest nothing is left to happen."""

from __future__ import annotations

from chaos.auditor.evidence import Command, Effect, Evidence, Record
from chaos.auditor.findings import Findings

NOTHING_RAN = ("not started", "busy")
NAME = "results are what happened"


def audit(evidence: Evidence, findings: Findings) -> None:
    for command in evidence.commands.values():
        finished = command.first("Finished")
        if finished is not None:
            _result(findings, command, finished, evidence.effects_of.get(command.id, []))
    rest = evidence.rest
    findings.check(4, "all comes to its end", not rest["left"], "at rest", f"left were {', '.join(rest['left'])}")
    findings.check(4, "all comes to its end", not rest["untaken"], "at rest", f"{rest['untaken']} messages were not taken")
    for name in evidence.brain:
        if name.startswith("sb:in:"):
            findings.check(4, "all comes to its end", not evidence.brain[name], name, f"in it are {evidence.brain[name]}")
    for fault in evidence.faults:
        findings.check(4, "the bot is of use again", fault["recovery_ms"] is not None, fault["kind"],
                       "no change was done any more after this fault")
    for when, part, how in evidence.ended:
        findings.check(4, "the bot ends by nothing but a kill", part != "bot", part, f"it ended with {how} at {when}")


def _result(findings: Findings, command: Command, finished: Record, effects: list[Effect]) -> None:
    outcome = finished.data["outcome"]
    ends = [effect.how for effect in effects]
    if outcome in NOTHING_RAN:
        findings.check(4, NAME, not effects, command.id, f"it was told as {outcome}, and process {[e.pid for e in effects]} ran")
    elif outcome == "succeeded":
        findings.check(4, NAME, ends == ["done"], command.id, f"it was told as succeeded, and its processes ended as {ends}")
    elif outcome == "failed":
        findings.check(4, NAME, ends == ["failed"], command.id, f"it was told as failed, and its processes ended as {ends}")
    else:
        findings.check(4, NAME, len(effects) <= 1, command.id, f"{len(effects)} processes ran")
    if outcome != "lost":
        late = [effect for effect in effects if max(effect.begin, effect.end or 0) > finished.at]
        findings.check(4, NAME, not late, command.id, f"its process worked on after it was told as {outcome}")
