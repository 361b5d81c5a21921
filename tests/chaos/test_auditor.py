"""Each promise is broken once in the evidence, and the check that is there for it says so."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

from chaos.auditor.audit import audit  # noqa: E402
from chaos.auditor.evidence import Evidence  # noqa: E402
from evidence_of_a_day import Day, lawful, person, shown, write  # noqa: E402

Tampering = Callable[[Day], None]


def caught(folder: Path) -> set[tuple[int, str]]:
    return {(violation.promise, violation.check) for violation in audit(Evidence(folder)).violations}


def test_a_lawful_day_holds_in_every_check(tmp_path: Path) -> None:
    findings = audit(Evidence(write(tmp_path / "day", lawful())))
    assert findings.violations == []
    assert {promise for promise, _ in findings.checked} == {1, 2, 3, 4, 5}
    assert all(findings.checked.values())


def _own_yes(day: Day) -> None:
    day.event("ship33", "ApprovalGiven")["by"] = person("anna")


def _yes_of_a_stranger(day: Day) -> None:
    day.event("ship33", "ApprovalGiven")["by"] = person("hans")
    day.event("yes444", "Requested")["by"] = person("hans")


def _yes_of_one_who_got_the_role_later(day: Day) -> None:
    """emil has the role, but not since before the request."""
    day.event("ship33", "ApprovalGiven")["by"] = person("emil")
    day.event("grant1", "Answered")["at"] = shown(day.clock)


def _late_yes(day: Day) -> None:
    day.event("ship33", "ApprovalRequested")["deadline"] = day.event("ship33", "Requested")["at"]


def _no_yes(day: Day) -> None:
    day.drop("ship33", "ApprovalGiven")


def _another_plan(day: Day) -> None:
    day.event("ship33", "ApprovalGiven")["digest"] = "f" * 64


def _another_plan_was_admitted(day: Day) -> None:
    admitted = day.event("ship33", "Admitted")
    admitted["plan"] = {**admitted["plan"], "content": "changed"}


def _named_plan_is_another(day: Day) -> None:
    day.event("yes444", "Understood")["instruction"]["arguments"]["digest"] = "00000000"


def _nobody_said_yes(day: Day) -> None:
    day.event("yes444", "Understood")["instruction"]["arguments"]["id"] = "other9"


def _ran_without_role(day: Day) -> None:
    day.event("work22", "Requested")["by"] = person("hans")


def _granted_by_nobody(day: Day) -> None:
    day.event("grant1", "Requested")["by"] = person("ida")


def _never_admitted(day: Day) -> None:
    day.effects.append("begin idle55 nonce-x 99 1795000009000000 chaos.work 100")


def _somebody_else_spoke(day: Day) -> None:
    day.transcript[0]["said"]["say"]["person"] = "ida"


def _denied_by_a_stranger(day: Day) -> None:
    day.said("wipe99", "anna", "wipe 10", ("chaos.wipe", {"millis": "10"}))
    day.happens("ApprovalRequested", "wipe99", plan=day.event("ship33", "ApprovalRequested")["plan"], by="keeper", asked=[],
                deadline=shown(day.clock + 9_000_000))  # fmt: skip
    day.happens("Denied", "wipe99", by=person("hans"), reason=None)


def _never_announced(day: Day) -> None:
    day.drop("work22", "Dispatched")


def _announced_afterwards(day: Day) -> None:
    day.event("work22", "Dispatched")["at"] = shown(day.clock)


def _sent_afterwards(lines: list[str], brain: dict) -> None:
    for number, line in enumerate(lines):
        offset, sent, key, value = line.split("\t")
        if key == "work22":
            lines[number] = f"{offset}\t{int(sent) + 60_000}\t{key}\t{value}"


def _something_else_ran(day: Day) -> None:
    day.effects[0] = day.effects[0].replace("chaos.work 100", "chaos.work 3000")


def _another_process(day: Day) -> None:
    day.event("work22", "Started")["pid"] = 1


def _no_end(day: Day) -> None:
    day.drop("work22", "Finished")


def _two_ends(day: Day) -> None:
    day.happens("Refused", "work22", code="x", reason="x", help=[])


def _two_beginnings(day: Day) -> None:
    day.events.append(dict(day.event("work22", "Requested")))


def _step_left_out(day: Day) -> None:
    day.drop("work22", "Admitted")


def _taken_and_gone(day: Day) -> None:
    day.events = [event for event in day.events if event["id"] != "idle55"]
    day.transcript = [line for line in day.transcript if line.get("told", {}).get("post", {}).get("id") != "idle55/end"]


def _talk_is_recorded(day: Day) -> None:
    day.happens("Requested", "talk00", by=person("ida"), room="play:ops", message="m-talk", text="lunch?")
    day.happens("Misunderstood", "talk00", problem="x", help=[])


def _a_change_is_run(day: Day) -> None:
    for line in day.transcript:
        if line.get("said", {}).get("say", {}).get("id") == "m-work22":
            line["said"]["say"]["edited"] = "m-idle55"


def _a_button_twice(day: Day) -> None:
    for name in ("click1", "click2"):
        day.transcript.append({"said": {"click": {"id": f"m-{name}", "person": "anna", "room": "ops", "message": "work22/result",
                                                  "button": "work 100"}}})  # fmt: skip
        day.happens("Requested", name, by=person("anna"), room="play:ops", message=f"m-{name}", text="work 100")
        day.happens("Understood", name, instruction={"command": "chaos.work", "canonical": "", "arguments": {"millis": "100"}})
        day.runs(name, "chaos.work", "100", "succeeded")


def _other_words(day: Day) -> None:
    day.event("idle55", "Requested")["text"] = "work 3000"


def _ran_twice(day: Day) -> None:
    day.effects.append("begin work22 nonce-again 5000 1795000009000000 chaos.work 100")


def _one_message_two_commands(day: Day) -> None:
    day.happens("Requested", "twice0", by=person("anna"), room="play:ops", message="m-work22", text="work 100")
    day.happens("Misunderstood", "twice0", problem="x", help=[])


def _two_under_a_lock(day: Day) -> None:
    day.event("buil66", "Admitted")["lock"] = "site/north"
    day.effects.insert(3, day.effects[2].replace("begin", "end").replace("chaos.ship 200", "done")
                       .replace(day.effects[2].split()[4], "1795999999999999"))  # fmt: skip


def _nine_at_once(day: Day) -> None:
    for number in range(9):
        name = f"many{number:02}"
        day.said(name, "anna", "work 1", ("chaos.work", {"millis": "1"}))
        day.happens("Admitted", name, plan=None, lock=None)
        day.happens("Dispatched", name, argv=[], folder="", home=None)


def _lock_given_twice(day: Day) -> None:
    day.event("none77", "Admitted")["lock"] = "site/north"


def _unlocked_under_a_run(day: Day) -> None:
    free = day.event("free88", "Understood")
    day.drop("free88", "Refused")
    free["instruction"]["arguments"]["lock"] = "site/east"
    end = day.event("none77", "Finished")
    day.events.remove(end)
    day.happens("Admitted", "free88", plan=None, lock=None)
    day.happens("Answered", "free88", text="site/east is free again.")
    day.events.append(end)


def _told_and_unknown(day: Day) -> None:
    day.tells("gone99/end", "Approved: gone99.")


def _told_otherwise(day: Day) -> None:
    day.tells("grant1/end", "emil (play:emil) now has the role admin.")


def _told_as_failed(day: Day) -> None:
    day.tells("work22/result", "✗ `work 100` (work22) failed after 0:00: it ended with status 3")


def _a_yes_that_is_gone(day: Day) -> None:
    day.tells("ship33/approval", "needs another deployer\n  plan 4be1c0ff\nApproved by dirk.")


def _succeeded_without_an_end(day: Day) -> None:
    del day.effects[1]


def _not_started_and_ran(day: Day) -> None:
    day.effects.append("begin none77 nonce-y 98 1795000009000000 chaos.build 10")


def _worked_on(day: Day) -> None:
    day.effects[1] = day.effects[1].replace(day.effects[1].split()[4], "1795999999999999")


def _never_of_use_again(day: Day) -> None:
    day.faults[0]["recovery_ms"] = None


def _ended_by_itself(day: Day) -> None:
    day.ended.append([1.0, "bot", 1])


@pytest.mark.parametrize(
    ("tampering", "check"),
    [
        (_own_yes, (1, "another agreed")),
        (_yes_of_a_stranger, (1, "who agreed had the role")),
        (_yes_of_one_who_got_the_role_later, (1, "who agreed had the role")),
        (_late_yes, (1, "agreed to in time")),
        (_no_yes, (1, "another agreed")),
        (_another_plan, (1, "the plan that was agreed to")),
        (_another_plan_was_admitted, (1, "the plan that was agreed to")),
        (_named_plan_is_another, (1, "the plan that was agreed to")),
        (_nobody_said_yes, (1, "the yes was said")),
        (_ran_without_role, (1, "who asked had the role")),
        (_granted_by_nobody, (1, "who asked had the role")),
        (_never_admitted, (1, "what ran was admitted")),
        (_somebody_else_spoke, (1, "who asked is who spoke")),
        (_denied_by_a_stranger, (1, "who ended it could")),
        (_never_announced, (2, "announced before it ran")),
        (_announced_afterwards, (2, "announced before it ran")),
        (_something_else_ran, (2, "what ran is what was asked")),
        (_another_process, (2, "the process that was told")),
        (_no_end, (2, "one end")),
        (_two_ends, (2, "one end")),
        (_two_beginnings, (2, "one beginning")),
        (_step_left_out, (2, "each step follows from the one before")),
        (_taken_and_gone, (2, "what was taken is recorded")),
        (_talk_is_recorded, (2, "what people say to one another is not recorded")),
        (_a_change_is_run, (1, "what was changed is not run")),
        (_a_button_twice, (3, "one command a button")),
        (_other_words, (2, "what was said is what is recorded")),
        (_ran_twice, (3, "one process a command")),
        (_one_message_two_commands, (3, "one command a message")),
        (_two_under_a_lock, (3, "one process under a lock")),
        (_nine_at_once, (3, "eight at once and no more")),
        (_lock_given_twice, (4, "a lock has one holder")),
        (_unlocked_under_a_run, (4, "only what is over is unlocked")),
        (_told_and_unknown, (4, "what was told is in the log")),
        (_told_otherwise, (4, "an answer that was told is kept")),
        (_told_as_failed, (4, "a result that was told is kept")),
        (_a_yes_that_is_gone, (4, "a yes that was told is kept")),
        (_succeeded_without_an_end, (4, "results are what happened")),
        (_not_started_and_ran, (4, "results are what happened")),
        (_worked_on, (4, "results are what happened")),
        (_never_of_use_again, (4, "the bot is of use again")),
        (_ended_by_itself, (4, "the bot ends by nothing but a kill")),
    ],
)  # fmt: skip
def test_a_broken_promise_is_caught(tmp_path: Path, tampering: Tampering, check: tuple[int, str]) -> None:
    day = lawful()
    tampering(day)
    assert check in caught(write(tmp_path / "day", day))


def _edit(lines: list[str], brain: dict) -> None:
    lines[4] = lines[4].replace("anna", "carl")


def _remove(lines: list[str], brain: dict) -> None:
    del lines[5]


def _cut(lines: list[str], brain: dict) -> None:
    del lines[-1]


def _swap(lines: list[str], brain: dict) -> None:
    lines[5], lines[6] = lines[6], lines[5]


def _foreign(lines: list[str], brain: dict) -> None:
    lines[5] = "11\t1\tx\tnot ours"


def _rekey(lines: list[str], brain: dict) -> None:
    offset, sent, _, value = lines[5].split("\t")
    lines[5] = f"{offset}\t{sent}\tother\t{value}"


def _outbox(lines: list[str], brain: dict) -> None:
    brain["sb:outbox"] = {"type": "stream", "value": [["99-0", ["event", "{}"]]]}


def _acknowledged_too_little(lines: list[str], brain: dict) -> None:
    brain["sb:audit:acked"]["value"] = "3"


def _lock_forgotten(lines: list[str], brain: dict) -> None:
    del brain["sb:lock:site/north"]
    brain["sb:locks"]["value"] = []


def _lock_kept(lines: list[str], brain: dict) -> None:
    brain["sb:lock:site/south"] = {"type": "hash", "value": {"command": "buil66"}}
    brain["sb:locks"]["value"].append("site/south")


def _role_lost(lines: list[str], brain: dict) -> None:
    del brain["sb:gate:role:deployer"]["value"]["play:emil"]


def _story_changed(lines: list[str], brain: dict) -> None:
    brain["sb:story:work22"]["value"].pop()


def _state_changed(lines: list[str], brain: dict) -> None:
    brain["sb:command:work22"]["value"]["state"] = "Started"


def _left_in_a_state(lines: list[str], brain: dict) -> None:
    brain["sb:in:Dispatched"] = {"type": "set", "value": ["work22"]}


@pytest.mark.parametrize(
    ("tampering", "check"),
    [
        (_edit, (5, "each follows the one before")),
        (_remove, (3, "numbers without a hole")),
        (_cut, (5, "the brain's head is the last record")),
        (_swap, (5, "each follows the one before")),
        (_foreign, (5, "each is a record")),
        (_rekey, (5, "each is a record")),
        (_sent_afterwards, (2, "announced before it ran")),
        (_outbox, (5, "the outbox is empty")),
        (_acknowledged_too_little, (5, "all that happened is acknowledged")),
        (_lock_forgotten, (4, "the brain's locks are those of the log")),
        (_lock_kept, (4, "what is locked at rest was lost")),
        (_role_lost, (4, "the brain's roles are those of the log")),
        (_story_changed, (4, "the brain's story is the log's")),
        (_state_changed, (4, "the brain's state is the log's")),
        (_left_in_a_state, (4, "all comes to its end")),
    ],
)
def test_what_was_changed_where_it_lies_is_caught(tmp_path: Path, tampering, check: tuple[int, str]) -> None:  # noqa: ANN001
    assert check in caught(write(tmp_path / "day", lawful(), tampering))


def test_every_check_has_a_tampering_that_it_catches(tmp_path: Path) -> None:
    checks = set(audit(Evidence(write(tmp_path / "day", lawful()))).checked)
    here = Path(__file__).read_text()
    assert [check for check in sorted(checks) if f'({check[0]}, "{check[1]}")' not in here] == []


def test_the_auditor_prints_the_violations_and_ends_with_one(tmp_path: Path) -> None:
    day = lawful()
    _own_yes(day)
    folder = write(tmp_path / "day", day)
    done = subprocess.run([sys.executable, "-m", "chaos.auditor", str(folder)], cwd=PROJECT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "1 another agreed: ship33: play:anna agreed to a request of his own" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("chaos commands=10 faults=1 violations=")
