"""What the stage crew does to the chat itself: cuts it, delivers twice, changes what was said."""

from __future__ import annotations

import time

from stand_in import StandIn
from theatre import DOES_NOT_HOLD, HOLDS, Theatre, echo


def test_a_dropped_chat_comes_back_and_loses_nothing(theatre: Theatre) -> None:
    assert theatre.play("anna: one\n$ drop chat\nanna: two\n<1s one\n<1s two\n", demo=True) == HOLDS
    assert len([each for each in theatre.bot.received if "hello" in each]) == 2


def test_a_redelivered_message_has_the_same_id(theatre: Theatre) -> None:
    assert theatre.play("anna: one\n$ redeliver\n<! one\n", demo=True) == HOLDS, theatre.output()
    first, second = [each["say"] for each in theatre.bot.received if "say" in each]
    assert first == second


def test_nothing_can_be_redelivered_or_edited_before_something_was_said(theatre: Theatre) -> None:
    assert theatre.play("$ redeliver\n", demo=True) == DOES_NOT_HOLD
    assert theatre.play("$ edit hello\n", demo=True) == DOES_NOT_HOLD
    assert "nothing was said yet" in theatre.output()


def test_an_edit_is_a_message_marked_as_edited(theatre: Theatre) -> None:
    assert theatre.play("carla(lab): k=1\n<1s k={k}\n$ edit k is {k}\n<1s k is 1\n", demo=True) == HOLDS
    first, second = [each["say"] for each in theatre.bot.received if "say" in each]
    assert second | {"at": 0, "id": 0} == {
        "person": "carla", "room": "lab", "text": "k is 1", "edited": first["id"], "at": 0, "id": 0
    }  # fmt: skip
    assert second["id"] != first["id"]


def test_what_is_edited_twice_is_still_the_first_message(theatre: Theatre) -> None:
    assert theatre.play("anna: one\n$ edit two\n$ edit three\n<! one\n", demo=True) == HOLDS, theatre.output()
    first, *edits = [each["say"] for each in theatre.bot.received if "say" in each]
    assert [each["edited"] for each in edits] == [first["id"]] * 2


def test_what_is_said_while_the_chat_is_cut_waits_also_without_a_demo(theatre: Theatre) -> None:
    text = "anna: one\n$ cut chat\nanna: two\n$ pass 14m\n<! two\n$ mend chat\n<1s two\n$ redeliver\n"
    assert theatre.play(text, demo=False) == HOLDS, theatre.output()
    one, two, again = [each["say"] for each in theatre.bot.received if "say" in each]
    assert two == again and two["at"] < one["at"]


def test_what_no_bot_has_taken_grows_old_and_what_was_taken_does_not(theatre: Theatre) -> None:
    text = "anna: one\n$ stop bot\nanna: two\n$ pass 14m\n$ start bot\nanna: three\n<! two\n"
    begun = time.time() * 1000
    assert theatre.play(text, demo=True) == HOLDS, theatre.output()
    said = {each["say"]["text"]: each["say"]["at"] for each in theatre.bot.received if "say" in each}
    assert said["one"] >= begun - 1 and said["three"] >= begun - 1
    assert begun - 14 * 60_000 - 1 <= said["two"] <= time.time() * 1000 - 14 * 60_000


def test_what_is_said_in_one_moment_still_has_an_order(theatre: Theatre) -> None:
    assert theatre.play("$ cut chat\n" + "anna: one\n" * 50 + "$ mend chat\n", demo=False) == HOLDS, theatre.output()
    times = [each["say"]["at"] for each in theatre.bot.received if "say" in each]
    assert len(times) == 50 == len(set(times)) and times == sorted(times)


def test_a_redelivery_that_is_answered_twice_is_found(theatre: Theatre) -> None:
    def forgetful(bot: StandIn, said: dict) -> None:
        bot._seen.clear()
        echo(bot, said)

    assert theatre.play("anna: one\n$ redeliver\n<! one\n", answer=forgetful, demo=True) == DOES_NOT_HOLD
