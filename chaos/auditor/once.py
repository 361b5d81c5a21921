"""3: one process a command, one command a message, one run under a lock, and no more at once than may be."""

from __future__ import annotations

from collections import Counter, defaultdict

from chaos.auditor.evidence import Effect, Evidence
from chaos.auditor.findings import Findings

AT_ONCE = 8


def audit(evidence: Evidence, findings: Findings) -> None:
    for command, effects in evidence.effects_of.items():
        findings.check(3, "one process a command", len(effects) == 1, command,
                       f"{len(effects)} processes ran: {', '.join(str(effect.pid) for effect in effects)}")
    begun = Counter(words[2] for words in evidence.effect_lines if words[0] == "begin")
    for nonce, count in begun.items():
        findings.check(3, "one process a command", count == 1, nonce, f"{count} lines of one process say that it began")
    messages = Counter(record.data["message"] for record in evidence.log if record.kind == "Requested")
    for message, count in messages.items():
        findings.check(3, "one command a message", count == 1, message, f"it became {count} commands")
    _buttons(evidence, findings)
    _locks_of_processes(evidence, findings)
    _at_once(evidence, findings)


def _buttons(evidence: Evidence, findings: Findings) -> None:
    """A button under a result is for once, whoever clicks it how often, unless what it became has done nothing."""
    commands = {record.data["message"]: record.command for record in evidence.log if record.kind == "Requested"}
    became: dict[tuple[str, str], set[str]] = defaultdict(set)
    for said in evidence.said:
        click = said.get("click")
        if click and click["message"].endswith("/result") and click["id"] in commands:
            became[click["message"], click["button"]].add(commands[click["id"]])
    for (message, button), some in became.items():
        done = [each for each in sorted(some) if evidence.commands[each].state in ("Answered", "Finished")]
        findings.check(3, "one command a button", len(done) <= 1, message, f"{button!r} became {', '.join(done)}")


def _locks_of_processes(evidence: Evidence, findings: Findings) -> None:
    by_lock: dict[str, list[Effect]] = defaultdict(list)
    for effect in evidence.effects:
        command = evidence.commands.get(effect.command)
        admitted = command.first("Admitted") if command else None
        if admitted is not None and admitted.data["lock"]:
            by_lock[admitted.data["lock"]].append(effect)
    for lock, effects in by_lock.items():
        effects.sort(key=lambda effect: effect.begin)
        for one, other in zip(effects, effects[1:], strict=False):
            findings.check(3, "one process under a lock", one.end is None or one.end <= other.begin, other.command,
                           f"it began under {lock} before {one.command} was over")


def _at_once(evidence: Evidence, findings: Findings) -> None:
    under_way: set[str] = set()
    for record in evidence.log:
        if record.kind == "Dispatched":
            under_way.add(record.command)
            findings.check(3, "eight at once and no more", len(under_way) <= AT_ONCE, record.command,
                           f"{len(under_way)} runs were under way with it")
        elif record.kind == "Finished":
            under_way.discard(record.command)
