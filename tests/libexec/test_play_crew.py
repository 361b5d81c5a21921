"""What the stage crew does during a conversation, and how each file of a demo gets a fresh bot."""

from __future__ import annotations

import http.server
import json
import re
import threading
from pathlib import Path

import pytest
from stand_in import StandIn
from theatre import DOES_NOT_HOLD, HOLDS, NO_ENVIRONMENT, Theatre

from player.sandbox import PROJECT, NoDemo, Sandbox

BEGIN = ["status --json", "crew stop bot", "crew start bot"]

# What goes wrong in the stand-in's own thread is a failure as well.
pytestmark = pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")


def overrides(theatre: Theatre) -> dict:
    return json.loads((theatre.folder / "bot" / "overrides.yml").read_text())


def test_each_file_gets_a_brain_a_topic_and_its_settings_for_itself(theatre: Theatre) -> None:
    assert theatre.play("@ gate.approval-time 20s\nanna: hi\n<1s hi\n", demo=True) == HOLDS
    first = {"redis.uri": "redis://127.0.0.1:6379/1", "kafka.topic": "signalbox.audit.1", "gate.approval-time": "20s"}
    assert overrides(theatre) == first
    assert theatre.play("anna: a\n<1s a\n", "anna: b\n<! said: a\n<1s b\n", demo=True) == HOLDS
    assert overrides(theatre) == {"redis.uri": "redis://127.0.0.1:6379/3", "kafka.topic": "signalbox.audit.3"}
    assert theatre.bot.told == BEGIN * 3
    assert "2 passed, 0 failed" in theatre.output()


def test_no_conversation_gets_the_brain_of_the_benchmark(theatre: Theatre) -> None:
    theatre.play("anna: a\n", demo=True)
    (theatre.folder / "plays").write_text("997\n")
    assert theatre.play("anna: a\n", demo=True) == HOLDS
    assert overrides(theatre)["redis.uri"] == "redis://127.0.0.1:6379/998"
    assert theatre.play("anna: a\n", demo=True) == NO_ENVIRONMENT
    assert "998 conversations were played" in theatre.output()
    assert 'BRAIN = 999' in (PROJECT / "bench" / "overhead.py").read_text()


def test_a_folder_that_is_reached_through_a_link_is_no_demo(theatre: Theatre, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(theatre.folder)
    with pytest.raises(NoDemo, match="not a demo of yours"):
        Sandbox(tmp_path / "link")


def test_a_file_that_fails_does_not_keep_the_next_from_being_played(theatre: Theatre) -> None:
    assert theatre.play("anna: a\n<1s no\n", "anna: b\n<1s b\n", demo=True) == DOES_NOT_HOLD
    assert "1 passed, 1 failed" in theatre.output()


def test_a_killed_bot_stays_down_until_it_is_started(theatre: Theatre) -> None:
    text = "anna: one\n<1s one\n$ kill bot\nanna: two\n<! two\n$ start bot\n<1s two\nanna: three\n<1s three\n"
    assert theatre.play(text, demo=True) == HOLDS, theatre.output()
    assert theatre.bot.told == [*BEGIN, "crew kill bot", "crew start bot"]
    assert [each for each in theatre.bot.received if "hello" in each] == [{"hello": {"people": ["anna"]}}] * 2


def test_an_expectation_while_the_bot_is_down_does_not_wait(theatre: Theatre) -> None:
    assert theatre.play("anna: one\n$ stop bot\n<20m two\n", demo=True) == DOES_NOT_HOLD
    assert "within 1200 s; the bot is down" in theatre.output()


def test_what_a_conversation_took_down_is_up_again_for_the_next(theatre: Theatre) -> None:
    assert theatre.play("anna: a\n$ kill bot\n$ stop redis\n$ kill kafka\n$ load start\n", demo=True) == HOLDS
    assert theatre.bot.told[3:] == [
        "crew kill bot", "crew stop redis", "crew kill kafka", "load start",
        "load stop", "crew start kafka", "crew start redis", "crew start bot",
    ]  # fmt: skip


def test_the_load_says_a_line_that_can_be_matched(theatre: Theatre) -> None:
    text = "anna: a\n$ load start\n$ load stop\n< load: {n} requests, 0 lost, p99 {ms} ms\n"
    assert theatre.play(text, demo=True) == HOLDS, theatre.output()


def test_a_crew_that_cannot_is_told_at_its_line(theatre: Theatre) -> None:
    (theatre.folder / "broken-load").touch()
    assert theatre.play("anna: a\n$ load start\n", demo=True) == DOES_NOT_HOLD
    shown = theatre.output()
    assert "1.chat:2: " in shown and "sandbox: load does not work today" in shown


def test_a_sandbox_that_cannot_begin_is_no_environment(theatre: Theatre) -> None:
    (theatre.folder / "broken-status").touch()
    assert theatre.play("anna: a\n", demo=True) == NO_ENVIRONMENT
    assert "sandbox: status does not work today" in theatre.output()


def instance(environment: str, state: str, generation: int = 1, name: str = "i-0") -> dict:
    return {"id": name, "tags": {"environment": environment, "state": state, "generation": str(generation)}}


def cleaned(theatre: Theatre, *instances: dict, targets: tuple[str, ...] = ()) -> list[str]:
    """The playbooks that were run before the play, as words of the stand-in's log."""
    status = {"instances": list(instances), "targets": {"backend-staging": dict.fromkeys(targets, "initial")}}
    (theatre.folder / "status.json").write_text(json.dumps(status))
    assert theatre.play("anna: a\n", demo=True) == HOLDS, theatre.output()
    done = [line for line in theatre.bot.told if "ansible-playbook" in line]
    theatre.bot.told.clear()
    return [f"{re.search('inventory/([a-z]+)', line)[1]} {re.search('backend_([a-z]+)', line)[1]}" for line in done]


def test_environments_are_cleaned_of_what_lies_beside_the_live(theatre: Theatre) -> None:
    assert cleaned(theatre, instance("staging", "live"), instance("production", "live")) == []
    assert cleaned(theatre, instance("staging", "live"), instance("staging", "staged", 2)) == ["staging discard"]
    assert cleaned(theatre, instance("staging", "building", 2), instance("staging", "standby")) == [
        "staging discard", "staging terminate",
    ]  # fmt: skip
    cut_short = (instance("staging", "live", name="i-1"), instance("staging", "staged", 2, name="i-2"))
    assert cleaned(theatre, *cut_short, targets=("i-1", "i-2")) == ["staging swap", "staging terminate"]
    assert cleaned(theatre, instance("production", "retired"), {"id": "i-1", "tags": {}}) == ["production terminate"]
    assert cleaned(theatre, instance("staging", "live", 1), instance("staging", "live", 2)) == [
        "staging swap", "staging terminate",
    ]  # fmt: skip


def test_runs_of_the_conversation_before_are_ended(theatre: Theatre) -> None:
    runs = theatre.folder / "bot" / "state" / "runs"
    for name, by, files in (
        ("ended", "wrapper", ("claimed", "exit")),
        ("under-way", "wrapper", ("claimed",)),
        ("given-up", "bot", ("claimed",)),
        ("never", "", ()),
    ):
        (runs / name).mkdir(parents=True)
        for file in files:
            (runs / name / file).write_text(json.dumps({"by": by}))
    assert theatre.play("anna: a\n", demo=True) == HOLDS, theatre.output()
    assert [run.parent.name for run in runs.glob("*/cancelled")] == ["under-way"]


def test_a_bot_that_would_not_read_its_settings_is_no_environment(theatre: Theatre) -> None:
    (theatre.folder / "processes.json").write_text('{"bot": {"argv": ["java"]}}')
    assert theatre.play("anna: a\n", demo=True) == NO_ENVIRONMENT
    assert "processes.json has to start it with --settings" in theatre.output()
    assert theatre.bot.told == []


def test_files_are_looked_at_inside_the_demo(theatre: Theatre, tmp_path: Path) -> None:
    (theatre.folder / "here").write_text("some words\n")
    text = f"anna: go\n$ expect file {tmp_path}/none absent\n$ expect file here holds SOME words\n"
    assert theatre.play(text, demo=True) == HOLDS, theatre.output()
    for wrong, reason in (
        ("file here absent", "there is a file here"),
        ("file none holds words", "there is no file none"),
        ("file here holds other words", "here does not hold 'other words'"),
    ):
        assert theatre.play(f"anna: go\n$ expect {wrong}\n", demo=True) == DOES_NOT_HOLD
        assert reason in theatre.output()


def test_a_file_may_take_a_moment(theatre: Theatre) -> None:
    def answer(bot: StandIn, said: dict) -> None:
        bot.later(0.4, lambda: (theatre.folder / "late").write_text("words"))

    assert theatre.play("anna: go\n$ expect file late holds words\n", demo=True, answer=answer) == HOLDS


class Web(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/" else 503)
        self.end_headers()
        self.wfile.write(b"hello from version 2")

    def log_message(self, *_: object) -> None:
        pass


def test_addresses_are_looked_at_inside_the_demo(theatre: Theatre) -> None:
    with http.server.HTTPServer(("127.0.0.1", 0), Web) as web:
        threading.Thread(target=web.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{web.server_port}"
        right = f"anna: go\n$ expect http {url}/ 200\n$ expect http {url}/ 200 version … 2\n$ expect http {url}/x 503\n"
        assert theatre.play(right, demo=True) == HOLDS, theatre.output()
        for wrong, reason in (
            (f"{url}/ 404", "answers 200, not 404"),
            (f"{url}/ 200 version 3", "but without 'version 3': hello from version 2"),
        ):
            assert theatre.play(f"anna: go\n$ expect http {wrong}\n", demo=True) == DOES_NOT_HOLD
            assert reason in theatre.output()
        web.shutdown()
    assert theatre.play(f"anna: go\n$ expect http {url}/ 200\n", demo=True) == DOES_NOT_HOLD
    assert "does not answer: [Errno 111] Connection refused" in theatre.output()


def test_the_audit_log_is_searched_for_an_event_and_a_name(theatre: Theatre) -> None:
    records = [
        {"id": "k3m9xw", "type": "io.signalbox.Denied", "data": {"by": {"id": "play:carla"}}},
        {"id": "p7q2ab", "type": "Finished", "data": {"outcome": "succeeded", "by": {"id": "play:anna"}}},
    ]
    (theatre.folder / "audit.log").write_text("\n".join(map(json.dumps, records)) + "\n12:00 Refused bert, no role\n")
    for right in ("Denied carla", "Denied k3m9xw", "Finished", "Finished succeeded", "Refused bert"):
        assert theatre.play(f"anna: go\n$ expect audit {right}\n", demo=True) == HOLDS, theatre.output()
    for wrong in ("Denied anna", "Denied carl", "Expired"):
        assert theatre.play(f"anna: go\n$ expect audit {wrong}\n", demo=True) == DOES_NOT_HOLD
        assert "the audit log holds no" in theatre.output()
