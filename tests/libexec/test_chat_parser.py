"""Every line that a conversation may have, and every way to get one wrong."""

from __future__ import annotations

import re

import pytest
from run_folder import LIBEXEC

from player.crew_lines import EVENTS
from player.parser import parse
from player.transcript import Click, Crew, Expect, Refute, Say, Spoken, Step, Transcript


def read(text: str) -> Transcript:
    transcript, mistakes = parse("x.chat", text)
    assert not mistakes, mistakes
    return transcript


def step(text: str) -> Step:
    """The last line's step, after somebody has spoken in ops."""
    return read(f"anna: hello\n{text}").steps[-1]


def say(person: str, room: str, *lines: str, number: int = 2) -> Say:
    return Say(number, person, room, tuple(Spoken(line) for line in lines))


SPEECH = [
    ("bert: hello", say("bert", "ops", "hello")),
    ("bert:hello", say("bert", "ops", "hello")),
    ("bert:   hello  ", say("bert", "ops", "  hello")),
    ("bert(lab): hello", say("bert", "lab", "hello")),
    ("bert(dm): hello", say("bert", "@bert", "hello")),
    ("bert: a: b # c < d $ e", say("bert", "ops", "a: b # c < d $ e")),
    ("bert: {{ lookup('pipe','id') }}", say("bert", "ops", "{{ lookup('pipe','id') }}")),
    ("bert: one\n+ two\n+\n+   four", say("bert", "ops", "one", "two", "", "  four")),
    ("bert: one\n# a remark\n\n+ two", say("bert", "ops", "one", "two")),
    ("bert: \\[Approve]", Say(2, "bert", "ops", (Spoken("[Approve]", verbatim=True),))),
    ("bert: \\{id}  ", Say(2, "bert", "ops", (Spoken("{id}  ", verbatim=True),))),
    ("bert: \\\\o/", Say(2, "bert", "ops", (Spoken("\\o/", verbatim=True),))),
    ("bert: one\n+ \\{id}", Say(2, "bert", "ops", (Spoken("one"), Spoken("{id}", verbatim=True)))),
    ("bert: [Approve]", Click(2, "bert", "ops", "Approve")),
    ("bert(dm): [ Swap backend ]", Click(2, "bert", "@bert", "Swap backend")),
    ("bert: [Approve] it", say("bert", "ops", "[Approve] it")),
]


@pytest.mark.parametrize(("text", "expected"), SPEECH, ids=[text for text, _ in SPEECH])
def test_what_people_say(text: str, expected: Step) -> None:
    assert step(text) == expected


EXPECTATIONS = [
    ("< staged … {v}", Expect(2, "ops", "staged … {v}", 10, living=False)),
    ("<20m staged", Expect(2, "ops", "staged", 1200, living=False)),
    ("<90s staged", Expect(2, "ops", "staged", 90, living=False)),
    ("<2h staged", Expect(2, "ops", "staged", 7200, living=False)),
    ("<~ running", Expect(2, "ops", "running", 10, living=True)),
    ("<~1m running", Expect(2, "ops", "running", 60, living=True)),
    ("<1m~ running", Expect(2, "ops", "running", 60, living=True)),
    ("<(lab) hello", Expect(2, "lab", "hello", 10, living=False)),
    ("<(dm carla) hello", Expect(2, "@carla", "hello", 10, living=False)),
    ("<(dm carla)20s~ hello", Expect(2, "@carla", "hello", 20, living=True)),
    ("<! error", Refute(2, "ops", "error")),
    ("<!(lab) error", Refute(2, "lab", "error")),
    ("<(lab)! error", Refute(2, "lab", "error")),
    ("<   20m staged", Expect(2, "ops", "20m staged", 10, living=False)),
    ("< (soon) staged", Expect(2, "ops", "(soon) staged", 10, living=False)),
]


@pytest.mark.parametrize(("text", "expected"), EXPECTATIONS, ids=[text for text, _ in EXPECTATIONS])
def test_what_is_expected(text: str, expected: Step) -> None:
    assert step(text) == expected


def test_expectations_look_into_the_room_of_the_last_speaker() -> None:
    steps = read("anna(lab): a\n< b\nanna(dm): c\n< d\ncarla: e\n< f\n<(lab) g\n< h\n").steps
    assert [each.room for each in steps if isinstance(each, Expect)] == ["lab", "@anna", "ops", "lab", "ops"]


def test_expectations_may_begin_a_file_where_they_name_their_room() -> None:
    assert read("<(lab) hello").steps == [Expect(1, "lab", "hello", 10, living=False)]


CREW = [
    *((f"{verb} {part}", verb, (part,)) for verb in ("kill", "stop", "start") for part in ("bot", "kafka", "redis")),
    ("drop chat", "drop chat", ()),
    ("cut chat", "cut chat", ()),
    ("mend chat", "mend chat", ()),
    ("redeliver", "redeliver", ()),
    ("pass 14m", "pass", ("840",)),
    ("edit signalbox deploy backend production", "edit", ("signalbox deploy backend production",)),
    ("load start", "load start", ()),
    ("load  stop", "load stop", ()),
    ("expect http http://127.30.0.1/ 200", "expect http", ("http://127.30.0.1/", "200")),
    ("expect http http://web/a?b=c 503 out of order", "expect http", ("http://web/a?b=c", "503", "out of order")),
    ("expect file bot/pwned absent", "expect file absent", ("bot/pwned",)),
    ("expect file /tmp/x holds two words", "expect file holds", ("/tmp/x", "two words")),
    ("expect audit Finished", "expect audit", ("Finished",)),
    ("expect audit Denied carla", "expect audit", ("Denied", "carla")),
    ("expect audit Finished {id}", "expect audit", ("Finished", "{id}")),
]


@pytest.mark.parametrize(("text", "verb", "arguments"), CREW, ids=[text for text, *_ in CREW])
@pytest.mark.parametrize("blank", ["", " ", "  "])
def test_what_the_crew_does(text: str, verb: str, arguments: tuple[str, ...], blank: str) -> None:
    assert step(f"${blank}{text}") == Crew(2, verb, arguments, "ops")


def test_settings_comments_and_blank_lines() -> None:
    transcript = read("# what it shows\n\n@ gate.approval-time 20s\n# and\n@  a.b-c   two words \nanna: hi\n")
    assert transcript.settings == {"gate.approval-time": "20s", "a.b-c": "two words"}
    assert transcript.setting_lines == {"gate.approval-time": 3, "a.b-c": 5}
    assert transcript.steps == [say("anna", "ops", "hi", number=6)]


def test_the_people_are_those_who_speak_click_or_are_spoken_to_alone() -> None:
    transcript = read("olga: @dora has deployer role\n<(dm bert) hello\ncarla: [Approve]\nolga: thanks\n")
    assert transcript.people() == ["olga", "bert", "carla"]


def test_windows_line_ends_are_read() -> None:
    assert read("anna: hi\r\n< hello\r\n").steps[-1] == Expect(2, "ops", "hello", 10, living=False)


MISTAKES = [
    ("hello everybody", 2, "neither a comment"),
    ("  bert: hello", 2, "neither a comment"),
    ("1bert: hello", 2, "neither a comment"),
    ("bert:", 2, "bert says nothing"),
    ("bert:   ", 2, "bert says nothing"),
    ("bert(): hello", 2, "`()` is no room; write `bert(room):` or"),
    ("bert(two words): hello", 2, "`(two words)` is no room"),
    ("bert: []", 2, "a button has a label"),
    ("bert: [Approve]\n+ now", 3, "`+` continues what somebody says"),
    ("< text\n+ now", 3, "`+` continues what somebody says"),
    ("@ gate.approval-time 20s", 2, "has to stand at the head"),
    ("<", 2, "needs a text"),
    ("<20m", 2, "needs a text"),
    ("<20 text", 2, "`20` is no time; write 20s, 5m or 2h"),
    ("<20d text", 2, "`20d` is no time"),
    ("<text", 2, "`<text` cannot be read"),
    ("<-5s text", 2, "`<-5s` cannot be read"),
    ("<~~ text", 2, "`~` is the second of its kind"),
    ("<5s6s text", 2, "`6s` is the second of its kind"),
    ("<!~ text", 2, "`<!` looks at what was said so far"),
    ("<!20s text", 2, "`<!` looks at what was said so far"),
    ("<() text", 2, "`()` is no room"),
    ("<(dm) text", 2, "`(dm)` is no room; write `<(room)` or, for a direct message, `<(dm NAME)`"),
    ("<(dm 1) text", 2, "is no room"),
    ("<(ops text", 2, "cannot be read"),
    ("$", 2, "nothing for the crew to do"),
    ("$ dance", 2, "the crew does not know 'dance'"),
    ("$ kill", 2, "'kill' needs one of bot, kafka, redis"),
    ("$ kill postgres", 2, "'kill' needs one of bot, kafka, redis"),
    ("$ start bot now", 2, "'start' needs one of"),
    ("$ drop", 2, "expected `$ drop chat`"),
    ("$ redeliver it", 2, "expected `$ redeliver` and nothing after it"),
    ("$ load", 2, "expected `$ load start` or `$ load stop`"),
    ("$ cut", 2, "expected `$ cut chat`"),
    ("$ pass", 2, "expected `$ pass TIME`"),
    ("$ pass 0s", 2, "expected `$ pass TIME`"),
    ("$ edit", 2, "`$ edit` needs the new words"),
    ("$ expect", 2, "the crew can expect http, file or audit"),
    ("$ expect rain", 2, "the crew can expect http, file or audit"),
    ("$ expect http http://web/", 2, "expected `$ expect http URL STATUS [TEXT]`"),
    ("$ expect http web 200", 2, "expected `$ expect http URL STATUS [TEXT]`"),
    ("$ expect http http://web/ 700", 2, "expected `$ expect http URL STATUS [TEXT]`"),
    ("$ expect file /x", 2, "expected `$ expect file PATH absent`"),
    ("$ expect file /x absent now", 2, "expected `$ expect file PATH absent`"),
    ("$ expect file /x holds", 2, "expected `$ expect file PATH absent`"),
    ("$ expect audit", 2, "expected `$ expect audit EVENT [NAME]`"),
    ("$ expect audit Rejected", 2, f"no event is called 'Rejected'; there are: {EVENTS[0]}"),
    ("$ expect audit Denied carla now", 2, "expected `$ expect audit EVENT [NAME]`"),
]


@pytest.mark.parametrize(("text", "number", "problem"), MISTAKES, ids=[text for text, *_ in MISTAKES])
def test_a_mistake_is_told_with_its_line_and_what_would_be_right(text: str, number: int, problem: str) -> None:
    _, mistakes = parse("x.chat", f"anna: hello\n{text}\n")
    assert len(mistakes) == 1
    assert str(mistakes[0]).startswith(f"x.chat:{number}: ") and problem in str(mistakes[0])


HEAD_MISTAKES = [
    ("@ gate.approval-time", "a setting is `@ KEY VALUE`"),
    ("@", "a setting is `@ KEY VALUE`"),
    ("@ Gate.Time 20s", "a setting is `@ KEY VALUE`"),
    ("@ a.b 1\n@ a.b 2\nanna: hi", "`a.b` is set twice"),
    ("< hello", "nobody has spoken yet"),
    ("+ more", "`+` continues what somebody says"),
    ("", "nobody says anything"),
    ("# only a remark", "nobody says anything"),
]


@pytest.mark.parametrize(("text", "problem"), HEAD_MISTAKES, ids=[text for text, _ in HEAD_MISTAKES])
def test_a_mistake_at_the_head_is_told(text: str, problem: str) -> None:
    _, mistakes = parse("x.chat", text)
    assert problem in str(mistakes[0])


def test_all_mistakes_of_a_file_are_told_at_once() -> None:
    _, mistakes = parse("x.chat", "what\nanna: hi\n<20 x\n$ dance\n")
    assert [mistake.number for mistake in mistakes] == [1, 3, 4]


def test_the_events_are_those_of_the_bot() -> None:
    # The queue comes later; a conversation may already expect it.
    kinds = (LIBEXEC.parent / "src/main/java/io/signalbox/bus/Kind.java").read_text()
    assert set(re.findall(r'^    [A-Z_]+\("(\w+)"', kinds, re.MULTILINE)) | {"Queued"} == set(EVENTS)
