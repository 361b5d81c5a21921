"""All checks over one folder of evidence."""

from __future__ import annotations

from chaos.auditor import authority, chain, holds, kept, locks, once, queue, recorded, results
from chaos.auditor.evidence import Evidence
from chaos.auditor.findings import Findings

CHECKS = (authority, recorded, once, kept, locks, holds, queue, results, chain)


def audit(evidence: Evidence) -> Findings:
    findings = Findings()
    for part in CHECKS:
        try:
            part.audit(evidence, findings)
        except (LookupError, TypeError, ValueError, AttributeError) as gap:
            name = part.__name__.rpartition(".")[2]
            findings.check(5, "the evidence is complete", False, name, f"what it needs is not there: {gap!r}")
    return findings
