"""Each promise is broken once in the evidence, and the check that is there for it says so."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

from chaos.auditor.audit import audit  # noqa: E402
from chaos.auditor.evidence import Evidence  # noqa: E402
import tamper_authority  # noqa: E402
import tamper_what_lies  # noqa: E402, F401
import tamper_what_ran  # noqa: E402, F401
from evidence_of_a_day import lawful, write  # noqa: E402
from tampering import OF_THE_DAY, WHERE_IT_LIES  # noqa: E402

def caught(folder: Path) -> set[tuple[int, str]]:
    return {(violation.promise, violation.check) for violation in audit(Evidence(folder)).violations}


def test_a_lawful_day_holds_in_every_check(tmp_path: Path) -> None:
    findings = audit(Evidence(write(tmp_path / "day", lawful())))
    assert findings.violations == []
    assert {promise for promise, _ in findings.checked} == {1, 2, 3, 4, 5}
    assert all(findings.checked.values())


@pytest.mark.parametrize(("tampering", "check"), OF_THE_DAY, ids=lambda each: getattr(each, "__name__", ""))
def test_a_broken_promise_is_caught(tmp_path: Path, tampering, check: tuple[int, str]) -> None:  # noqa: ANN001
    day = lawful()
    tampering(day)
    assert check in caught(write(tmp_path / "day", day))


@pytest.mark.parametrize(("tampering", "check"), WHERE_IT_LIES, ids=lambda each: getattr(each, "__name__", ""))
def test_what_was_changed_where_it_lies_is_caught(tmp_path: Path, tampering, check: tuple[int, str]) -> None:  # noqa: ANN001
    assert check in caught(write(tmp_path / "day", lawful(), tampering))


def test_every_check_has_a_tampering_that_it_catches(tmp_path: Path) -> None:
    checks = set(audit(Evidence(write(tmp_path / "day", lawful()))).checked)
    assert checks - {check for _, check in [*OF_THE_DAY, *WHERE_IT_LIES]} == set()


def test_the_auditor_prints_the_violations_and_ends_with_one(tmp_path: Path) -> None:
    day = lawful()
    tamper_authority.own_yes(day)
    folder = write(tmp_path / "day", day)
    argv = [sys.executable, "-m", "chaos.auditor", str(folder)]
    done = subprocess.run(argv, cwd=PROJECT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "1 another agreed: ship33: play:anna agreed to a request of his own" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("chaos commands=16 faults=1 violations=")
