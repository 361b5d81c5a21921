"""Breaks promises 3 and 4 in the evidence."""

from __future__ import annotations

from evidence_of_a_day import Day, person
from tampering import breaks


@breaks(3, "one command a button")
def a_button_twice(day: Day) -> None:
    for name in ("click1", "click2"):
        day.transcript.append({"said": {"click": {"id": f"m-{name}", "person": "anna", "room": "ops", "message": "work22/result",
                                                  "button": "work 100"}}})  # fmt: skip
        day.happens("Requested", name, by=person("anna"), room="play:ops", message=f"m-{name}", text="work 100")
        day.happens("Understood", name, instruction={"command": "chaos.work", "canonical": "", "arguments": {"millis": "100"}})
        day.runs(name, "chaos.work", "100", "succeeded")


@breaks(3, "one process a command")
def ran_twice(day: Day) -> None:
    day.effects.append("begin work22 nonce-again 5000 1795000009000000 chaos.work 100")


@breaks(3, "one command a message")
def one_message_two_commands(day: Day) -> None:
    day.happens("Requested", "twice0", by=person("anna"), room="play:ops", message="m-work22", text="work 100")
    day.happens("Misunderstood", "twice0", problem="x", help=[])


@breaks(3, "one process under a lock")
def two_under_a_lock(day: Day) -> None:
    day.event("buil66", "Admitted")["lock"] = "site/north"
    day.effects.insert(3, day.effects[2].replace("begin", "end").replace("chaos.ship 200", "done")
                       .replace(day.effects[2].split()[4], "1795999999999999"))  # fmt: skip


@breaks(3, "eight at once and no more")
def nine_at_once(day: Day) -> None:
    for number in range(9):
        name = f"many{number:02}"
        day.said(name, "anna", "work 1", ("chaos.work", {"millis": "1"}))
        day.happens("Admitted", name, plan=None, lock=None)
        day.happens("Dispatched", name, argv=[], folder="", home=None)


@breaks(4, "a lock has one holder")
def lock_given_twice(day: Day) -> None:
    day.event("none77", "Admitted")["lock"] = "site/north"


@breaks(4, "only what is over is unlocked")
def unlocked_under_a_run(day: Day) -> None:
    free = day.event("free88", "Understood")
    day.drop("free88", "Refused")
    free["instruction"]["arguments"]["lock"] = "site/east"
    end = day.event("none77", "Finished")
    day.events.remove(end)
    day.happens("Admitted", "free88", plan=None, lock=None)
    day.happens("Answered", "free88", text="site/east is free again.")
    day.events.append(end)


@breaks(4, "what was told is in the log")
def told_and_unknown(day: Day) -> None:
    day.tells("gone99/end", "Approved: gone99.")


@breaks(4, "an answer that was told is kept")
def told_otherwise(day: Day) -> None:
    day.tells("grant1/end", "emil (play:emil) now has the role admin.")


@breaks(4, "a result that was told is kept")
def told_as_failed(day: Day) -> None:
    day.tells("work22/result", "✗ `work 100` (work22) failed after 0:00: it ended with status 3")


@breaks(4, "a yes that was told is kept")
def a_yes_that_is_gone(day: Day) -> None:
    day.tells("ship33/approval", "needs another deployer\n  plan 4be1c0ff\nApproved by dirk.")


@breaks(4, "results are what happened")
def succeeded_without_an_end(day: Day) -> None:
    del day.effects[1]


@breaks(4, "results are what happened")
def not_started_and_ran(day: Day) -> None:
    day.effects.append("begin none77 nonce-y 98 1795000009000000 chaos.build 10")


@breaks(4, "results are what happened")
def worked_on(day: Day) -> None:
    day.effects[1] = day.effects[1].replace(day.effects[1].split()[4], "1795999999999999")


@breaks(4, "the bot is of use again")
def never_of_use_again(day: Day) -> None:
    day.faults[0]["recovery_ms"] = None


@breaks(4, "the bot ends by nothing but a kill")
def ended_by_itself(day: Day) -> None:
    day.ended.append([1.0, "bot", 1])


@breaks(4, "a person's lock keeps others out")
def let_in_under_another_persons_lock(day: Day) -> None:
    day.event("hold70", "Requested")["by"] = person("carla")


@breaks(4, "nothing begins in a freeze")
def begun_in_a_freeze(day: Day) -> None:
    day.event("cold72", "Understood")["instruction"]["arguments"]["scope"] = "everything"


@breaks(4, "the brain's locks are those of the log")
def a_lock_of_a_person_that_nobody_said(day: Day) -> None:
    day.event("hold70", "Understood")["instruction"]["command"] = "locks"


@breaks(4, "who came first is first")
def passed_in_the_queue(day: Day) -> None:
    begin = day.events.index(day.event("wait71", "Admitted"))
    run = day.events[begin : begin + 4]
    del day.events[begin : begin + 4]
    day.events += run
