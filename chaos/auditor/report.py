"""What people read at the end of a campaign: faults, commands, promises, violations, and one line for machines."""

from __future__ import annotations

from collections import Counter, defaultdict
from statistics import median

from chaos.auditor.evidence import TERMINAL, Evidence
from chaos.auditor.findings import PROMISES, Findings

SHOWN = 20


def lines(evidence: Evidence, findings: Findings) -> list[str]:
    return [*_faults(evidence), "", *_commands(evidence), "", *_promises(findings), *_violations(findings), _last(evidence, findings)]


def _faults(evidence: Evidence) -> list[str]:
    counts = Counter(fault["kind"] for fault in evidence.faults)
    recoveries: dict[str, list[int]] = defaultdict(list)
    lasted: dict[str, list[float]] = defaultdict(list)
    for window in _windows(evidence):
        if window["recovery_ms"] is not None:
            recoveries[window["window"]].append(window["recovery_ms"])
    for fault in evidence.faults:
        lasted[fault["kind"]].append(fault["end"] - fault["begin"])
    table = [f"{'fault':<22}{'count':>6}{'lasted s':>10}{'recovery p50 s':>16}{'max s':>8}"]
    for kind in [*sorted(counts), "two at once"]:
        if kind not in counts and kind not in recoveries:
            continue
        times = recoveries.get(kind, [])
        count = str(counts[kind]) if kind in counts else f"({len(times)})"
        long = f"{median(lasted[kind]):.1f}" if kind in lasted else ""
        table.append(f"{kind:<22}{count:>6}{long:>10}{_seconds(times, median):>16}{_seconds(times, max):>8}")
    restarts = Counter(part for _, part, _ in evidence.ended)
    if restarts:
        table.append("ended by themselves and started again: " + ", ".join(f"{part} {n}" for part, n in sorted(restarts.items())))
    return table


def _windows(evidence: Evidence) -> list[dict]:
    """Of two faults at once one line: they have one recovery."""
    return list({(fault["window"], fault["recovery_ms"]) if fault["window"] == "two at once" else id(fault): fault
                 for fault in evidence.faults}.values())


def _seconds(times: list[int], of) -> str:  # noqa: ANN001
    return f"{of(times) / 1000:.2f}" if times else "-"


def _commands(evidence: Evidence) -> list[str]:
    ends: Counter[str] = Counter()
    for command in evidence.commands.values():
        last = command.steps[-1][1]
        ends[f"Finished {last.data['outcome']}" if last.kind == "Finished" else last.kind] += 1
    sayings = Counter(next(iter(said)) for said in evidence.said)
    ids = [content["id"] for said in evidence.said for content in said.values()]
    head = (f"said {sayings['say']} messages, clicked {sayings['click']} buttons, {len(ids) - len(set(ids))} of them handed in again or "
            f"changed; {len(evidence.commands)} commands, {len(evidence.log)} records, {len(evidence.effects)} processes")
    table = [head, f"{'commands by their end':<28}{'count':>6}"]
    for end, count in sorted(ends.items(), key=lambda each: (each[0].split()[0] not in TERMINAL, -each[1])):
        table.append(f"{end:<28}{count:>6}")
    return table


def _promises(findings: Findings) -> list[str]:
    failed = Counter((violation.promise, violation.check) for violation in findings.violations)
    table = [f"{'promise':<50}{'checked':>9}{'violations':>12}"]
    for promise, words in PROMISES.items():
        table.append(f"{promise} {words}")
        for (number, name), count in sorted(findings.checked.items()):
            if number == promise:
                table.append(f"    {name:<46}{count:>9}{failed[number, name]:>12}")
    return table


def _violations(findings: Findings) -> list[str]:
    if not findings.violations:
        return [""]
    more = len(findings.violations) - SHOWN
    return ["", "violations", *(f"  {violation}" for violation in findings.violations[:SHOWN]),
            *([f"  and {more} more"] if more > 0 else []), ""]


def _last(evidence: Evidence, findings: Findings) -> str:
    times = [window["recovery_ms"] for window in _windows(evidence) if window["recovery_ms"] is not None]
    return (f"chaos commands={len(evidence.commands)} faults={len(evidence.faults)} violations={len(findings.violations)} "
            f"recovery_p50_ms={round(median(times)) if times else 0} recovery_max_ms={max(times, default=0)}")
