"""1: whoever had something run, or changed something, held the role for it; and another agreed where one has to."""

from __future__ import annotations

from chaos.auditor.evidence import Command, Evidence, Record, micros
from chaos.auditor.findings import Findings
from chaos.auditor.roles import AGREED, WORDS, Roles

# A yes may be acted on for two minutes, also where the deadline is nearer: planning anew takes time.
FRESH = 120_000_000
NEAR = 4


def audit(evidence: Evidence, findings: Findings) -> None:
    roles = Roles(evidence)
    for command in evidence.commands.values():
        for place, admitted in command.all("Admitted"):
            _requester(evidence, findings, roles, command, place)
            _time(findings, command, place, admitted)
            if _rule(evidence, command):
                _agreement(evidence, findings, roles, command, place, admitted)
        for _, decision in command.all("Denied", "Withdrawn"):
            _ended_by(findings, roles, evidence, command, decision)
        for place, finished in command.all("Finished"):
            if finished.data["outcome"] == "cancelled":
                _cancelled(findings, roles, evidence, command, place)
    for effect in evidence.effects:
        command = evidence.commands.get(effect.command)
        findings.check(1, "what ran was admitted", command is not None and command.all("Admitted"), effect.command,
                       f"process {effect.pid} ran {effect.name}, and the gate admitted no such command")


def _rule(evidence: Evidence, command: Command) -> dict | None:
    """Who has to agree to it, and how many; None where nobody has to."""
    if command.word in AGREED:
        return {"by": AGREED[command.word]}
    return evidence.spec(command.word).get("approval")


def _requester(evidence: Evidence, findings: Findings, roles: Roles, command: Command, place: int) -> None:
    spec = evidence.spec(command.word)
    needed = set(spec["roles"]) if spec else WORDS.get(command.word, {"everyone"})
    findings.check(1, "who asked had the role", roles.held(command.by, needed, place), command.id,
                   f"{command.by} was let through to {command.word} without being {' or '.join(sorted(needed))}")


def _time(findings: Findings, command: Command, place: int, admitted: Record) -> None:
    due = [record.data["due"] for at, record in command.all("Scheduled") if at < place]
    if due:
        findings.check(1, "nothing begins before its time", admitted.at >= micros(due[-1]), command.id,
                       f"it was admitted at {admitted.data['at']}, and was to wait until {due[-1]}")


def _agreement(
    evidence: Evidence, findings: Findings, roles: Roles, command: Command, place: int, admitted: Record
) -> None:
    asked = [record for at, record in command.all("ApprovalRequested") if at < place]
    given = [step for step in command.all("ApprovalGiven") if step[0] < place]
    broken = [step for step in command.all("GlassBroken") if step[0] < place]
    needed = _rule(evidence, command).get("needed", 1)
    people = {yes.data["by"]["id"] for _, yes in given}
    if not findings.check(1, "another agreed", asked and (broken or len(people) >= needed), command.id,
                          f"{needed} had to agree, and {len(people)} had when it was admitted"):
        return
    request = asked[-1]
    latest = max(yes.at for _, yes in [*given, *broken]) + FRESH
    findings.check(1, "agreed to in time", admitted.at <= max(micros(request.data["deadline"]), latest), command.id,
                   "it was admitted long after somebody had agreed")
    # A word about the bot is admitted without the plan, and carried out in the same commit.
    plan = request.data["plan"] if evidence.spec(command.word) else None
    findings.check(1, "the plan that was agreed to", admitted.data["plan"] == plan, command.id,
                   "another plan was admitted than the one that was asked about")
    for when, yes in given:
        _yes(evidence, findings, roles, command, request, when, yes, place)
    for when, glass in broken:
        _glass(evidence, findings, roles, command, request, when, glass)


def _glass(
    evidence: Evidence, findings: Findings, roles: Roles, command: Command, request: Record, when: int, glass: Record
) -> None:
    person, digest = glass.data["by"]["id"], request.data["plan"]["digest"]
    may = set(evidence.policy.get("break-glass", ()))
    findings.check(1, "who broke the glass could", roles.held(person, may, when) and glass.data["reason"], command.id,
                   f"{person} did, who is not {' or '.join(sorted(may))}, or gave no reason")
    findings.check(1, "agreed to in time", glass.at <= micros(request.data["deadline"]), command.id,
                   f"the glass was broken at {glass.data['at']}, and it was to be until {request.data['deadline']}")
    findings.check(1, "the plan that was agreed to", glass.data["digest"] == digest, command.id,
                   f"asked was {digest[:8]}, and the glass was broken for {glass.data['digest'][:8]}")


def _yes(
    evidence: Evidence, findings: Findings, roles: Roles, command: Command, request: Record, when: int, yes: Record, place: int
) -> None:
    approver, digest = yes.data["by"]["id"], request.data["plan"]["digest"]
    findings.check(1, "another agreed", approver != command.by, command.id, f"{approver} agreed to a request of his own")
    for needed in ({_rule(evidence, command)["by"]}, set(evidence.spec(command.word).get("roles") or WORDS[command.word])):
        for moment in (when, place):
            findings.check(1, "who agreed had the role", roles.held(approver, needed, moment, command.first("Requested").at),
                           command.id, f"{approver} was not {' or '.join(needed)} from the request on")
    findings.check(1, "agreed to in time", yes.at <= micros(request.data["deadline"]), command.id,
                   f"agreed to at {yes.data['at']}, and it was to be until {request.data['deadline']}")
    findings.check(1, "the plan that was agreed to", yes.data["digest"] == digest, command.id,
                   f"asked was {digest[:8]}, agreed to {yes.data['digest'][:8]}")
    _said(evidence, findings, command, when, approver, digest)


def _said(evidence: Evidence, findings: Findings, command: Command, place: int, approver: str, digest: str) -> None:
    """The yes stands in the log together with the word of the person who said it."""
    near = evidence.log[max(0, place - NEAR) : place + NEAR]
    words = [evidence.commands[record.command] for record in near if record.kind == "Answered"]
    yes = [word for word in words if word.word == "approve" and word.by == approver and word.arguments.get("id") == command.id]
    if findings.check(1, "the yes was said", yes, command.id, f"{approver} did not say that this is approved"):
        named = yes[0].arguments.get("digest", "").lower()
        findings.check(1, "the plan that was agreed to", digest.startswith(named), command.id,
                       f"{approver} named the plan {named}, and it is {digest[:8]}")


def _ended_by(findings: Findings, roles: Roles, evidence: Evidence, command: Command, decision: Record) -> None:
    """Who may say yes may say no, and whoever asked may take it back; so may admins."""
    person = decision.data["by"]["id"]
    place = next(place for place, record in command.steps if record is decision)
    rule = _rule(evidence, command) or {"by": ""}
    could = {rule["by"]} if decision.kind == "Denied" else {"admin"}
    findings.check(1, "who ended it could", person == command.by or roles.held(person, could, place), command.id,
                   f"{person} ended what {command.by} had asked for")


def _cancelled(findings: Findings, roles: Roles, evidence: Evidence, command: Command, place: int) -> None:
    may = {*evidence.spec(command.word).get("roles", ()), "admin"}
    words = [word for word in evidence.commands.values()
             if word.word == "cancel" and word.arguments.get("id") == command.id and word.all("Answered")]
    findings.check(1, "who ended it could", any(_may_cancel(word, command, roles, may) for word in words), command.id,
                   f"it was cancelled, and nobody who may cancel it had said so (of {len(words)} who did)")


def _may_cancel(word: Command, command: Command, roles: Roles, may: set[str]) -> bool:
    return word.by == command.by or roles.held(word.by, may, word.all("Answered")[0][0])
