"""The transitions of a command, who commits them, and what is said to bring each about."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Commit = dict[str, Any]
Match = Callable[[Commit], bool]

CATALOG = """
policy:
  roles:
    admin: {help: Gives roles., grants: [admin, deployer]}
    deployer: {help: Leaves traces.}
  break-glass: [deployer]
arguments:
  token: {type: name}
commands:
  touch:
    say: touch {token}
    help: Leaves a trace.
    risk: change
    roles: [deployer]
    lock: touch
    timeout: 1m
    run: {program: [programs/effect, "--token={token}"]}
  guarded:
    say: guarded {token}
    help: Leaves a trace when another agrees.
    risk: change
    roles: [deployer]
    approval: {by: deployer}
    lock: guarded
    timeout: 1m
    run: {program: [programs/effect, "--token={token}"]}
  forbidden:
    say: forbidden {token}
    help: Only for admins.
    risk: change
    roles: [admin]
    timeout: 1m
    run: {program: [programs/effect, "--token={token}"]}
"""
PROGRAMS = {"effect": '#!/bin/sh\nprintf "%s\\n" "${1#--token=}" >>"$EFFECTS"\nexec sleep 1\n'}


def holds(kind: str, **more: Callable[[Any], bool]) -> Match:
    """A commit with an event of this kind, whose values are as `more` says."""

    def match(commit: Commit) -> bool:
        events = (json.loads(event["json"]) for event in commit["events"])
        return any(
            event["kind"] == kind and all(right(event.get(key)) for key, right in more.items()) for event in events
        )

    return match


def notes(fragment: str) -> Match:
    return lambda commit: any(part["fragment"] == fragment for part in commit["parts"])


def follows(kind: str, fragment: str) -> Match:
    """The first use of this fragment after an event of this kind was committed."""
    seen = False

    def match(commit: Commit) -> bool:
        nonlocal seen
        if holds(kind)(commit):
            seen = True
        return seen and notes(fragment)(commit)

    return match


@dataclass(frozen=True)
class Case:
    """
    `says` brings it about; `before` is said earlier and waits for approval, `earlier` by another person. `then` is said by
    him after the restart, when the command has come as far as `awaits`.
    """

    name: str
    by: str
    match: Callable[[], Match]
    says: str
    person: str = "anna"
    before: str | None = None
    then: str | None = None
    earlier: str | None = None
    awaits: str = "ApprovalRequested"
    minutes_ago: int = 0
    settings: tuple[str, ...] = ()
    away_seconds: float = 0
    drift: bool = False


def said(kind: str, **more: Callable[[Any], bool]) -> Callable[[], Match]:
    return lambda: holds(kind, **more)


def of_run(plan: Any) -> bool:
    return plan is not None


TOUCH, GUARDED = "signalbox touch {token}", "signalbox guarded {token}"
SOON = ("--set", "gate.approval-time=5s")
CASES = (
    Case("→ Requested", "chat", said("Requested"), TOUCH),
    Case("→ Requested → Refused", "chat, of what was said too long ago", said("Refused"), TOUCH, minutes_ago=14),
    Case("Requested → Misunderstood", "command", said("Misunderstood"), "signalbox tuch"),
    Case("Requested → Understood", "command", said("Understood"), TOUCH),
    Case("Understood → Refused", "gate", said("Refused"), "signalbox forbidden {token}"),
    Case("Understood → Admitted", "gate, of a word about the bot", said("Admitted"), "signalbox ping"),
    Case("Admitted → Answered", "about", said("Answered"), "signalbox ping"),
    Case("Understood → Admitted", "gate, with the lock", said("Admitted", plan=of_run), TOUCH),
    Case("Understood → Scheduled", "gate", said("Scheduled"), f"{TOUCH} in 3s"),
    Case("Understood → Queued", "gate", said("Queued"), f"{TOUCH} --wait",
         earlier="signalbox lock touch", then="signalbox unlock touch", awaits="Queued"),
    Case("Understood → ApprovalRequested", "gate", said("ApprovalRequested"), GUARDED, then="approve {id}"),
    Case("ApprovalRequested → ApprovalGiven", "gate, with the word's end", said("ApprovalGiven"), "approve {id}",
         person="bert", before=GUARDED),
    Case("ApprovalRequested → GlassBroken", "gate, with the word's end", said("GlassBroken"),
         "signalbox break glass {id} production is down", person="bert", before=GUARDED),
    Case("ApprovalRequested → Denied", "gate, with the word's end", said("Denied"), "deny {id}",
         person="bert", before=GUARDED),
    Case("ApprovalRequested → Withdrawn", "run, with the word's end", said("Withdrawn"), "signalbox cancel {id}",
         before=GUARDED),
    Case("ApprovalRequested → Expired", "gate", said("Expired"), "", before=GUARDED, settings=SOON),
    Case("ApprovalGiven → Voided", "gate", said("Voided"), "approve {id}", person="bert", before=GUARDED, drift=True),
    Case("ApprovalGiven → Admitted", "gate, with the lock", said("Admitted", plan=of_run), "approve {id}",
         person="bert", before=GUARDED),
    Case("Admitted → Dispatched", "run", said("Dispatched"), TOUCH, away_seconds=6),
    Case("Dispatched is acknowledged", "audit", lambda: follows("Dispatched", "audit.acknowledge"), TOUCH, away_seconds=6),
    Case("Dispatched → Started", "run", said("Started"), TOUCH),
    Case("Started → Finished", "run", said("Finished"), TOUCH),
    Case("the answer is noted as said", "chat", lambda: notes("chat.said"), "signalbox ping"),
    Case("the command is noted as told", "chat", lambda: follows("Answered", "chat.told"), "signalbox ping"),
)  # fmt: skip
