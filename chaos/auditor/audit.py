"""All checks over one folder of evidence."""

from __future__ import annotations

from chaos.auditor import authority, chain, kept, locks, once, recorded, results
from chaos.auditor.evidence import Evidence
from chaos.auditor.findings import Findings

CHECKS = (authority, recorded, once, kept, locks, results, chain)


def audit(evidence: Evidence) -> Findings:
    findings = Findings()
    for part in CHECKS:
        part.audit(evidence, findings)
    return findings
