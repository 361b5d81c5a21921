"""python -m chaos.auditor FOLDER: whether the evidence of a campaign bears out every promise. Exit status 0: it does; 1: not."""

from __future__ import annotations

import sys
from pathlib import Path

from chaos.auditor.audit import audit
from chaos.auditor.evidence import Evidence
from chaos.auditor.report import lines


def main() -> int:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    evidence = Evidence(Path(sys.argv[1]))
    findings = audit(evidence)
    print("\n".join(lines(evidence, findings)))
    return 1 if findings.violations else 0


if __name__ == "__main__":
    sys.exit(main())
