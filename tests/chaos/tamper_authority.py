"""Breaks promises 1 and 2 in the evidence."""

from __future__ import annotations

from evidence_of_a_day import Day, person, shown
from tampering import breaks


@breaks(1, "another agreed")
def own_yes(day: Day) -> None:
    day.event("ship33", "ApprovalGiven")["by"] = person("anna")


@breaks(1, "who agreed had the role")
def yes_of_a_stranger(day: Day) -> None:
    day.event("ship33", "ApprovalGiven")["by"] = person("hans")
    day.event("yes444", "Requested")["by"] = person("hans")


@breaks(1, "who agreed had the role")
def yes_of_one_who_got_the_role_later(day: Day) -> None:
    """emil has the role, but not since before the request."""
    day.event("ship33", "ApprovalGiven")["by"] = person("emil")
    day.event("grant1", "Answered")["at"] = shown(day.clock)


@breaks(1, "agreed to in time")
def late_yes(day: Day) -> None:
    day.event("ship33", "ApprovalRequested")["deadline"] = day.event("ship33", "Requested")["at"]


@breaks(1, "another agreed")
def no_yes(day: Day) -> None:
    day.drop("ship33", "ApprovalGiven")


@breaks(1, "the plan that was agreed to")
def another_plan(day: Day) -> None:
    day.event("ship33", "ApprovalGiven")["digest"] = "f" * 64


@breaks(1, "the plan that was agreed to")
def another_plan_was_admitted(day: Day) -> None:
    admitted = day.event("ship33", "Admitted")
    admitted["plan"] = {**admitted["plan"], "content": "changed"}


@breaks(1, "the plan that was agreed to")
def named_plan_is_another(day: Day) -> None:
    day.event("yes444", "Understood")["instruction"]["arguments"]["digest"] = "00000000"


@breaks(1, "the yes was said")
def nobody_said_yes(day: Day) -> None:
    day.event("yes444", "Understood")["instruction"]["arguments"]["id"] = "other9"


@breaks(1, "who asked had the role")
def ran_without_role(day: Day) -> None:
    day.event("work22", "Requested")["by"] = person("hans")


@breaks(1, "who asked had the role")
def granted_by_nobody(day: Day) -> None:
    day.event("grant1", "Requested")["by"] = person("ida")


@breaks(1, "who broke the glass could")
def glass_broken_by_anybody(day: Day) -> None:
    yes = day.event("ship33", "ApprovalGiven")
    yes |= {"kind": "GlassBroken", "by": person("hans"), "reason": "in a hurry"}


@breaks(1, "nothing begins before its time")
def too_early(day: Day) -> None:
    day.event("late80", "Scheduled")["due"] = shown(day.clock)


@breaks(1, "what ran was admitted")
def never_admitted(day: Day) -> None:
    day.effects.append("begin idle55 nonce-x 99 1795000009000000 chaos.work 100")


@breaks(1, "who asked is who spoke")
def somebody_else_spoke(day: Day) -> None:
    day.transcript[0]["said"]["say"]["person"] = "ida"


@breaks(1, "who ended it could")
def denied_by_a_stranger(day: Day) -> None:
    day.said("wipe99", "anna", "wipe 10", ("chaos.wipe", {"millis": "10"}))
    day.happens("ApprovalRequested", "wipe99", plan=day.event("ship33", "ApprovalRequested")["plan"], by="keeper", asked=[],
                deadline=shown(day.clock + 9_000_000))  # fmt: skip
    day.happens("Denied", "wipe99", by=person("hans"), reason=None)


@breaks(1, "what was changed is not run")
def a_change_is_run(day: Day) -> None:
    for line in day.transcript:
        if line.get("said", {}).get("say", {}).get("id") == "m-work22":
            line["said"]["say"]["edited"] = "m-idle55"


@breaks(2, "announced before it ran")
def never_announced(day: Day) -> None:
    day.drop("work22", "Dispatched")


@breaks(2, "announced before it ran")
def announced_afterwards(day: Day) -> None:
    day.event("work22", "Dispatched")["at"] = shown(day.clock)


@breaks(2, "what ran is what was asked")
def something_else_ran(day: Day) -> None:
    day.effects[0] = day.effects[0].replace("chaos.work 100", "chaos.work 3000")


@breaks(2, "the process that was told")
def another_process(day: Day) -> None:
    day.event("work22", "Started")["pid"] = 1


@breaks(2, "one end")
def no_end(day: Day) -> None:
    day.drop("work22", "Finished")


@breaks(2, "one end")
def two_ends(day: Day) -> None:
    day.happens("Refused", "work22", code="x", reason="x", help=[])


@breaks(2, "one beginning")
def two_beginnings(day: Day) -> None:
    day.events.append(dict(day.event("work22", "Requested")))


@breaks(2, "each step follows from the one before")
def step_left_out(day: Day) -> None:
    day.drop("work22", "Admitted")


@breaks(2, "what was taken is recorded")
def taken_and_gone(day: Day) -> None:
    day.events = [event for event in day.events if event["id"] != "idle55"]
    day.transcript = [line for line in day.transcript if line.get("told", {}).get("post", {}).get("id") != "idle55/end"]


@breaks(2, "what people say to one another is not recorded")
def talk_is_recorded(day: Day) -> None:
    day.happens("Requested", "talk00", by=person("ida"), room="play:ops", message="m-talk", text="lunch?")
    day.happens("Misunderstood", "talk00", problem="x", help=[])


@breaks(2, "what was said is what is recorded")
def other_words(day: Day) -> None:
    day.event("idle55", "Requested")["text"] = "work 3000"
