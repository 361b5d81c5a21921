"""4: what people were told is in the log, and what the log says is in the brain."""

from __future__ import annotations

import json
import re

from chaos.auditor.evidence import TERMINAL, Command, Evidence
from chaos.auditor.findings import Findings
from chaos.auditor.roles import Roles

# What is said of a result, behind the command and its id.
OUTCOMES = {
    "done in ": ("succeeded",),
    "failed after ": ("failed",),
    "was cancelled after ": ("cancelled",),
    "took too long and was ended after ": ("timed out",),
    "was not started after ": ("not started", "busy"),
    "is lost: its processes are gone without a result, and what they did is not known after ": ("lost",),
}
# What could not be recorded, and what was said while the bot was away.
OF_NO_COMMAND = ("unrecorded/", "away/")
# Who has waited for something is told the reason in a message of its own.
WAITED = ("ApprovalRequested", "Scheduled", "Queued")
APPROVED = re.compile(r"^Approved by (\w+)\.$", re.MULTILINE)


def audit(evidence: Evidence, findings: Findings) -> None:
    for told in evidence.told:
        post = told.get("post") or told.get("edit")
        if post is not None and not post["id"].startswith(OF_NO_COMMAND):
            _told(evidence, findings, post)
    _roles(evidence, findings)
    for command in evidence.commands.values():
        _remembered(evidence, findings, command)
        if command.word == "approve" and command.all("Answered"):
            target = evidence.commands.get(command.arguments["id"])
            yes = [record.data["by"]["id"] for _, record in (target.all("ApprovalGiven") if target else [])]
            findings.check(4, "a yes that was told is kept", command.by in yes, command.id,
                           f"{command.by} was told that he has approved {command.arguments['id']}, and kept is {yes}")


def _told(evidence: Evidence, findings: Findings, post: dict) -> None:
    name, _, which = post["id"].partition("/")
    command = evidence.commands.get(name)
    if not findings.check(4, "what was told is in the log", command is not None, name, f"told was {post['text'][:120]!r}"):
        return
    if which.startswith("approval"):
        _told_of_approval(findings, command, post["text"])
    elif which == "result":
        _told_of_result(findings, command, post["text"])
    elif which == "end" or post["final"]:
        _told_of_end(findings, command, which, post["text"])


def _told_of_approval(findings: Findings, command: Command, text: str) -> None:
    digests = [record.data["plan"]["digest"] for _, record in command.all("ApprovalRequested")]
    findings.check(4, "what was told is in the log", any(digest[:8] in text for digest in digests), command.id,
                   f"the plan that was shown is not the one of the log: {text[:200]!r}")
    for name in APPROVED.findall(text):
        yes = [record.data["by"]["name"] for _, record in command.all("ApprovalGiven")]
        findings.check(4, "a yes that was told is kept", name in yes, command.id, f"told was that {name} approved, kept is {yes}")


def _told_of_result(findings: Findings, command: Command, text: str) -> None:
    finished = command.first("Finished")
    outcome = finished.data["outcome"] if finished else None
    words = text.partition(f"` ({command.id}) ")[2]
    meant = next((outcomes for beginning, outcomes in OUTCOMES.items() if words.startswith(beginning)), ())
    findings.check(4, "a result that was told is kept", outcome in meant, command.id,
                   f"told was {text[:120]!r}, kept is {outcome}")


def _told_of_end(findings: Findings, command: Command, which: str, text: str) -> None:
    """What is told as final is the end of a command, in the words of the log where it has them."""
    end = command.steps[-1][1]
    if not findings.check(4, "what was told is in the log", end.kind in TERMINAL, command.id,
                          f"told was {text[:120]!r}, and the log ends it with {end.kind}"):
        return
    wording = {"Answered": "text", "Refused": "reason", "Misunderstood": "problem"}.get(end.kind)
    in_own_words = which == "end" or (which == "living" and end.kind == "Refused" and not command.all(*WAITED))
    if wording and in_own_words:
        findings.check(4, "an answer that was told is kept", text.startswith(end.data[wording]), command.id,
                       f"told was {text[:120]!r}, kept is {end.data[wording][:120]!r}")


def _roles(evidence: Evidence, findings: Findings) -> None:
    prefix = "sb:gate:role:"
    found = {name.removeprefix(prefix): set(value) for name, value in evidence.brain.items() if name.startswith(prefix)}
    kept = Roles(evidence).at_the_end()
    for role in sorted({*found, *kept}):
        both = found.get(role, set()), kept.get(role, set())
        findings.check(4, "the brain's roles are those of the log", both[0] == both[1], role,
                       f"the brain says {sorted(both[0] - both[1])} more and {sorted(both[1] - both[0])} less than the log")


def _remembered(evidence: Evidence, findings: Findings, command: Command) -> None:
    row = evidence.brain.get(f"sb:command:{command.id}") or {}
    story = [json.loads(event) for event in evidence.brain.get(f"sb:story:{command.id}") or ()]
    findings.check(4, "the brain's story is the log's", story == [record.data for _, record in command.steps], command.id,
                   f"the brain tells {[event['kind'] for event in story]}, the log {[record.kind for _, record in command.steps]}")
    findings.check(4, "the brain's state is the log's", row.get("state") == command.state, command.id,
                   f"the brain says {row.get('state')}, the log {command.state}")
