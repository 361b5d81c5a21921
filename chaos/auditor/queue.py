"""4: who waits for a lock gets it in the order in which they came, and nobody passes them."""

from __future__ import annotations

from chaos.auditor.evidence import Evidence
from chaos.auditor.findings import Findings
from chaos.auditor.holds import Kept, change


def audit(evidence: Evidence, findings: Findings) -> None:
    came: dict[str, int] = {}  # the place in the log at which a command began to wait: its ticket, which it keeps
    waits: dict[str, str] = {}  # lock by command
    held: dict[str, Kept] = {}
    for place, record in enumerate(evidence.log):
        command = evidence.commands[record.command]
        waits.pop(command.id, None)
        if record.kind == "Queued":
            waits[command.id] = record.data["lock"]
            came.setdefault(command.id, place)
        elif record.kind == "Answered":
            change(command, record, held, {})
        elif record.kind == "Admitted" and record.data["lock"]:
            mine = came.get(command.id, place)
            kept = held.get(record.data["lock"])
            # Under the lock of a person only that person's commands begin, and the others wait on.
            alone = kept is not None and kept.perhaps(record.at)
            passed = [other for other, lock in waits.items() if lock == record.data["lock"] and came[other] < mine
                      and (not alone or evidence.commands[other].by == command.by)]  # fmt: skip
            findings.check(4, "who came first is first", not passed, command.id,
                           f"it got {record.data['lock']} before {', '.join(passed)}, which waited for it")
