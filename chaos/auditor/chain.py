"""5: the log is one chain, in one order, and the brain agrees about its end."""

from __future__ import annotations

import hashlib
import re

from chaos.auditor.evidence import Evidence, Record, micros
from chaos.auditor.findings import Findings

NOTHING_BEFORE = "0" * 64


def audit(evidence: Evidence, findings: Findings) -> None:
    before = NOTHING_BEFORE
    offset = -1
    for number, record in enumerate(evidence.lines, start=1):
        if not isinstance(record, Record):
            findings.check(5, "each is a record", False, f"record {number}", f"not Signalbox's: {record[:100]!r}")
            continue
        envelope = record.envelope
        findings.check(5, "each follows the one before", envelope.get("previoushash") == before, f"record {number}",
                       f"it names {str(envelope.get('previoushash'))[:12]}, and {before[:12]} is before it")
        findings.check(5, "each is a record", _is_sound(record) and record.offset > offset, f"record {number}",
                       f"its envelope says something else than its event: {record.value[:200]!r}")
        findings.check(3, "numbers without a hole", envelope.get("sequence") == str(number), f"record {number}",
                       f"its number is {envelope.get('sequence')}")
        before = hashlib.sha256(record.value).hexdigest()
        offset = record.offset
    _end(evidence, findings, before)


def _is_sound(record: Record) -> bool:
    envelope = record.envelope
    kind = "io.signalbox." + re.sub(r"(?<!^)(?=[A-Z])", "-", record.kind).lower()
    return (
        envelope.get("specversion") == "1.0"
        and envelope.get("id") == envelope.get("sequence")
        and envelope.get("subject") == record.key == record.command
        and envelope.get("type") == kind
        and micros(envelope["time"]) == record.at
    )


def _end(evidence: Evidence, findings: Findings, last: str) -> None:
    brain, count = evidence.brain, len(evidence.lines)
    head = brain.get("sb:audit:head") or {}
    findings.check(5, "the brain's head is the last record", (head.get("sequence"), head.get("hash")) == (str(count), last),
                   "sb:audit:head", f"it is {head.get('sequence')} {str(head.get('hash'))[:12]}, the log's is {count} {last[:12]}")
    findings.check(5, "all that happened is acknowledged", brain.get("sb:audit:acked") == str(count), "sb:audit:acked",
                   f"it is {brain.get('sb:audit:acked')}, and the log has {count} records")
    findings.check(5, "all that happened is acknowledged", brain.get("sb:seq") == str(count), "sb:seq",
                   f"it is {brain.get('sb:seq')}, and the log has {count} records")
    left = brain.get("sb:outbox") or []
    findings.check(5, "the outbox is empty", not left, "sb:outbox", f"{len(left)} records wait in it")
