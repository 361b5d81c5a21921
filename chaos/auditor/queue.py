"""4: who waits for a lock gets it in the order in which they came, and nobody passes them."""

from __future__ import annotations

from chaos.auditor.evidence import Evidence
from chaos.auditor.findings import Findings


def audit(evidence: Evidence, findings: Findings) -> None:
    came: dict[str, int] = {}  # the place in the log at which a command began to wait: its ticket, which it keeps
    waits: dict[str, str] = {}  # lock by command
    for place, record in enumerate(evidence.log):
        command = record.command
        waits.pop(command, None)
        if record.kind == "Queued":
            waits[command] = record.data["lock"]
            came.setdefault(command, place)
        elif record.kind == "Admitted" and record.data["lock"]:
            mine = came.get(command, place)
            passed = [other for other, lock in waits.items() if lock == record.data["lock"] and came[other] < mine]
            findings.check(4, "who came first is first", not passed, command,
                           f"it got {record.data['lock']} before {', '.join(passed)}, which waited for it")
