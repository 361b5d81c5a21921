"""What people say and what they are told, played as conversations."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from stand_in import StandIn
from theatre import DOES_NOT_HOLD, HOLDS, MALFORMED, NO_ENVIRONMENT, Theatre, echo

from player import connection
from player.command_line import main

# What goes wrong in the stand-in's own thread is a failure as well.
pytestmark = pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")


def not_at_once(bot: StandIn, _: dict) -> None:
    """What is said is processed when the test says so, not as soon as it was answered."""
    bot.processes = False


def test_says_hears_and_holds(theatre: Theatre) -> None:
    assert theatre.play("anna: hello\n+ world\n<1s you said: hello … world\n") == HOLDS
    assert "1 passed, 0 failed" in theatre.output()
    hello, say = theatre.bot.received
    assert hello == {"hello": {"people": ["anna"]}}
    assert say["say"] | {"id": 0, "at": 0} == {"id": 0, "person": "anna", "room": "ops", "text": "hello\nworld", "at": 0}
    assert abs(say["say"]["at"] - time.time() * 1000) < 60_000


def test_what_does_not_come_is_shown_with_the_transcript_so_far_and_the_last_texts(theatre: Theatre) -> None:
    text = "# remark\nanna: deploy k3m9xw\n<1s deploy {id}\nbert: {id} again\n<1s goodbye\nanna: not reached\n"
    assert theatre.play(text) == DOES_NOT_HOLD
    shown = theatre.output()
    assert "1.chat:5: no final text in ops holds this within 1 s" in shown
    assert ">    5 <1s goodbye" in shown and "     2 anna: deploy k3m9xw" in shown
    assert "not reached" not in shown
    assert "{id} is k3m9xw" in shown
    assert "* signalbox: you said: k3m9xw again" in shown and "  bert: k3m9xw again" in shown
    assert "0 passed, 1 failed" in shown
    assert theatre.bot.said() == ["deploy k3m9xw", "k3m9xw again"]


def test_a_living_text_counts_only_where_it_may(theatre: Theatre) -> None:
    def answer(bot: StandIn, said: dict) -> None:
        living = bot.post("ops", "task 1", final=False)
        bot.edit(living, "ops", "task 2", final=False)
        bot.later(0.2, lambda: bot.edit(living, "ops", "over after task 9"))

    assert theatre.play("anna: go\n<~1s task 2\n<1s task 9\n", answer=answer) == HOLDS
    assert theatre.play("anna: go\n<1s task 2\n") == DOES_NOT_HOLD


def test_expectations_move_forward_and_each_room_has_its_own_position(theatre: Theatre) -> None:
    def answer(bot: StandIn, said: dict) -> None:
        for text in ("one", "two", "three"):
            bot.post("ops", text)
            bot.post("@carla", text)

    assert theatre.play("anna: go\n<1s one\n<1s three\n<(dm carla)1s two\n", answer=answer) == HOLDS
    assert theatre.play("anna: go\n<1s two\n<1s one\n") == DOES_NOT_HOLD
    assert theatre.bot.received[-1]["say"]["person"] == "anna"


def test_a_text_is_awaited_as_long_as_the_line_says(theatre: Theatre) -> None:
    def answer(bot: StandIn, said: dict) -> None:
        bot.later(0.6, lambda: bot.post("ops", "at last"))

    assert theatre.play("anna: go\n<5s at last\n", answer=answer) == HOLDS


def test_a_line_is_said_when_the_one_before_was_processed(theatre: Theatre) -> None:
    order: list[str] = []

    def answer(bot: StandIn, said: dict) -> None:
        order.append("heard " + said["text"])
        bot.later(0.2, lambda: process(bot, said))

    def process(bot: StandIn, said: dict) -> None:
        order.append("processed " + said["text"])
        bot.processed(said["id"])

    assert theatre.play("anna: one\nbert: two\n", answer=answer, prepare=not_at_once) == HOLDS
    assert order == ["heard one", "processed one", "heard two", "processed two"]


def test_what_is_never_processed_fails_the_next_line(theatre: Theatre) -> None:
    assert theatre.play("anna: one\nbert: two\n", prepare=not_at_once) == DOES_NOT_HOLD
    assert "1.chat:2: the line before was not processed within 1 s" in theatre.output()


def test_what_must_not_be_said_is_found_even_when_it_comes_late_or_was_still_edited(theatre: Theatre) -> None:
    def answer(bot: StandIn, said: dict) -> None:
        bot.later(0.2, lambda: err(bot, said))

    def err(bot: StandIn, said: dict) -> None:
        bot.post(said["room"], f"error in {said['text']}", final=False)
        bot.processed(said["id"])

    assert theatre.play("anna: go\n<! error\n", answer=answer, prepare=not_at_once) == DOES_NOT_HOLD
    assert "this was said in ops: error in go" in theatre.output()
    assert theatre.play("anna: go\n<! mistake\n<!(lab) error\n") == HOLDS


def test_what_must_not_be_said_counts_since_the_last_said_or_crew_line(theatre: Theatre) -> None:
    assert theatre.play("anna: error\nanna: fine\n<! error\n") == HOLDS
    assert theatre.play("anna: error\n$ redeliver\n<! error\n", demo=True) == HOLDS


def test_what_people_say_is_no_answer(theatre: Theatre) -> None:
    def nothing(bot: StandIn, said: dict) -> None:
        pass

    assert theatre.play("anna: hello\n<1s hello\n", answer=nothing) == DOES_NOT_HOLD
    assert theatre.play("anna: hello\n<! hello\n") == HOLDS


def test_a_click_takes_the_newest_enabled_button(theatre: Theatre) -> None:
    def answer(bot: StandIn, said: dict) -> None:
        if "button" in said:
            echo(bot, said)
            return
        first = bot.post("ops", "first?", buttons=("Approve", "Deny"))
        bot.post("ops", "second?", buttons=("Approve",))
        third = bot.post("ops", "third?", buttons=("Approve",))
        bot.edit(third, "ops", "third: done")
        assert first == "b1"

    assert theatre.play("anna: go\ncarla: [approve]\n<1s you said: approve\n", answer=answer) == HOLDS
    click = theatre.bot.received[-1]["click"]
    assert click | {"id": 0, "at": 0} == {
        "id": 0, "at": 0, "person": "carla", "room": "ops", "message": "b2", "button": "approve"
    }  # fmt: skip


def test_a_button_that_is_not_there_is_told_with_those_that_are(theatre: Theatre) -> None:
    def answer(bot: StandIn, said: dict) -> None:
        bot.post("ops", "well?", buttons=("Deny",))

    assert theatre.play("anna: go\ncarla: [Approve]\n", answer=answer) == DOES_NOT_HOLD
    assert "no enabled button [Approve] in ops; enabled are: [Deny]" in theatre.output()


def test_a_capture_is_said_again_and_verbatim_lines_are_left_alone(theatre: Theatre) -> None:
    theatre.play("anna: id=k3m9xw\n<1s id={id}\nanna: approve {id} {other}\nanna: \\{id}\n")
    assert theatre.bot.said() == ["id=k3m9xw", "approve k3m9xw {other}", "{id}"]


def test_a_bot_that_goes_away_fails_the_line(theatre: Theatre) -> None:
    def answer(bot: StandIn, said: dict) -> None:
        bot.kill()

    assert theatre.play("anna: go\n<5s hello\n", answer=answer) == DOES_NOT_HOLD
    assert "the bot closed the connection" in theatre.output()


def test_a_bot_that_speaks_nonsense_fails_the_line(theatre: Theatre) -> None:
    for line in (b"nonsense", b'{"post": {"id": "b1"}}', b'{"dance": 1}', b'{"error": "what?"}'):
        def answer(bot: StandIn, said: dict, line: bytes = line) -> None:
            bot.raw(line)

        if theatre.bots:
            theatre.bot.answer = answer
        assert theatre.play("anna: go\n<1s hello\n", answer=answer) == DOES_NOT_HOLD
        assert "the bot sent what is no line of the play socket" in theatre.output()


def test_a_full_line_split_anywhere_is_one_line(theatre: Theatre) -> None:
    def answer(bot: StandIn, said: dict) -> None:
        line = json.dumps({"post": {"id": "b", "room": "ops", "text": "grüße", "final": True}}, ensure_ascii=False)
        for byte in line.encode():
            bot._players[0].sendall(bytes([byte]))
        bot.raw(b"")

    assert theatre.play("anna: go\n<2s GRÜSSE\n".replace("SS", "ß"), answer=answer) == HOLDS


def test_crew_lines_and_settings_need_a_demo(theatre: Theatre) -> None:
    assert theatre.play("@ gate.approval-time 20s\nanna: hi\n$ kill bot\n") == MALFORMED
    shown = theatre.output()
    assert "1.chat:1: `@ gate.approval-time` sets a bot of its own" in shown
    assert "1.chat:3: there is a stage crew only in a demo" in shown
    assert theatre.bot.received == []


def test_nothing_is_played_where_one_file_is_malformed(theatre: Theatre) -> None:
    assert theatre.play("anna: hi\n", "anna: hi\nwhat\n") == MALFORMED
    assert "2.chat:2: this is neither a comment" in theatre.output()
    assert theatre.bot.received == []


def test_without_a_bot_there_is_no_environment(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    file = tmp_path / "x.chat"
    file.write_text("anna: hi\n")
    assert main(["--socket", str(tmp_path / "none.sock"), str(file)]) == NO_ENVIRONMENT
    assert "no bot listens at" in capsys.readouterr().err
    assert main(["--socket", "x", "--demo", str(tmp_path), str(file)]) == NO_ENVIRONMENT
    assert "is not a demo" in capsys.readouterr().err


def test_a_file_that_is_not_there_or_no_text_is_malformed(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    (tmp_path / "x.chat").write_bytes(b"anna: \xff\n")
    assert main(["--socket", "x", str(tmp_path / "x.chat"), str(tmp_path / "none.chat")]) == MALFORMED
    shown = capsys.readouterr().err
    assert "x.chat:0: is not UTF-8" in shown and "none.chat:0: cannot be read" in shown


def test_parse_only_prints_the_settings(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    file, out = tmp_path / "x.chat", tmp_path / "settings.yml"
    file.write_text("@ gate.approval-time 20s\nanna: hi\nbert: ho\n")
    assert main(["--parse-only", "--settings-out", str(out), str(file)]) == HOLDS
    printed = json.loads(capsys.readouterr().out)
    assert printed == {"file": str(file), "settings": {"gate.approval-time": "20s"}, "people": ["anna", "bert"]}
    assert json.loads(out.read_text()) == {"gate.approval-time": "20s"}


def test_the_longest_line_is_bounded(theatre: Theatre, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "LIMIT", 1000)

    def answer(bot: StandIn, said: dict) -> None:
        bot._players[0].sendall(b"x" * 200_000)

    assert theatre.play("anna: go\n<1s hello\n", answer=answer) == DOES_NOT_HOLD
    assert "a line of more than 1000 bytes" in theatre.output()
