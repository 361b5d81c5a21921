"""Reads a whole conversation before anything of it is played; every mistake is told with its line."""

from __future__ import annotations

import re
from dataclasses import replace

from player.crew_lines import Unreadable, read_crew
from player.transcript import (
    DEFAULT_ROOM, Click, Crew, Expect, Mistake, Refute, Say, Spoken, Step, Transcript,
)  # fmt: skip

DEFAULT_SECONDS = 10.0
UNITS = {"s": 1, "m": 60, "h": 3600}
NAME = r"[A-Za-z][A-Za-z0-9_-]*"
SPEAKER = re.compile(rf"({NAME})(\([^)]*\))?:(.*)")
SETTING = re.compile(r"([a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)*)\s+(\S.*)")
MARKS = re.compile(r"(?P<living>~)|(?P<never>!)|(?P<seconds>\d+)(?P<unit>[a-z]*)|\((?P<where>[^)]*)\)")
KINDS = "a comment `#`, a setting `@ KEY VALUE`, `NAME: words`, `+ words`, `< text` or `$ crew`"


class Parser:
    def __init__(self, file: str, text: str) -> None:
        self.transcript = Transcript(file, text.splitlines())
        self.mistakes: list[Mistake] = []
        self.room: str | None = None  # of the last speaker

    def read(self) -> Transcript:
        for number, source in enumerate(self.transcript.source, 1):
            try:
                self._line(number, source)
            except Unreadable as problem:
                self.mistakes.append(Mistake(self.transcript.file, number, str(problem)))
        if not self.transcript.steps and not self.mistakes:
            self.mistakes.append(Mistake(self.transcript.file, 1, "nobody says anything; begin with `NAME: words`"))
        return self.transcript

    def _line(self, number: int, source: str) -> None:
        text = source.rstrip()
        if not text or text.startswith("#"):
            return
        if text.startswith("@"):
            self._setting(number, text[1:].strip())
        elif text.startswith("+"):
            self._continue(source[1:].removeprefix(" "))
        elif text.startswith("<"):
            self._add(self._expectation(number, text[1:]))
        elif text.startswith("$"):
            verb, arguments = read_crew(text[1:])
            self._add(Crew(number, verb, arguments, self.room or DEFAULT_ROOM))
        elif matched := SPEAKER.fullmatch(source):
            self._add(self._speech(number, *matched.groups()))
        else:
            raise Unreadable(f"this is neither {KINDS}")

    def _add(self, step: Step) -> None:
        self.transcript.steps.append(step)

    def _setting(self, number: int, text: str) -> None:
        matched = SETTING.fullmatch(text)
        if matched is None:
            raise Unreadable("a setting is `@ KEY VALUE`, as in `@ gate.approval-time 20s`")
        key, value = matched.groups()
        if self.transcript.steps:
            raise Unreadable(f"`@ {key}` has to stand at the head, before the first line that is said or done")
        if key in self.transcript.settings:
            raise Unreadable(f"`{key}` is set twice; keep one of the lines")
        self.transcript.settings[key] = value
        self.transcript.setting_lines[key] = number

    def _speech(self, number: int, person: str, where: str | None, text: str) -> Step:
        room = DEFAULT_ROOM if where is None else self._room(where[1:-1].strip(), person)
        self.room = room
        words = text.removeprefix(" ")
        if not words.strip():
            raise Unreadable(f"{person} says nothing; write the words after the colon")
        if label := re.fullmatch(r"\s*\[\s*([^\]]*?)\s*\]\s*", words):
            if not label[1]:
                raise Unreadable("a button has a label, as in `carla: [Approve]`")
            return Click(number, person, room, label[1])
        return Say(number, person, room, (spoken(words),))

    def _room(self, name: str, person: str) -> str:
        if name == "dm":
            return "@" + person
        if re.fullmatch(NAME, name):
            return name
        raise Unreadable(f"`({name})` is no room; write `{person}(room):` or, for a direct message, `{person}(dm):`")

    def _continue(self, text: str) -> None:
        last = self.transcript.steps[-1] if self.transcript.steps else None
        if not isinstance(last, Say):
            raise Unreadable("`+` continues what somebody says, so it has to follow a `NAME: words` line")
        self.transcript.steps[-1] = replace(last, lines=(*last.lines, spoken(text)))

    def _expectation(self, number: int, text: str) -> Step:
        marks, text = self._marks(text)
        if not text:
            raise Unreadable("an expectation needs a text, as in `< staged … version {version}`")
        room = self.room if marks.get("where") is None else self._heard_in(marks["where"])
        if room is None and not self.transcript.steps:
            raise Unreadable("nobody has spoken yet, so say which room is meant: `<(ops) text`")
        room = room or DEFAULT_ROOM
        if marks.get("never"):
            if marks.get("living") or marks.get("seconds"):
                raise Unreadable("`<!` looks at what was said so far: it takes a room, but no `~` and no time")
            return Refute(number, room, text)
        return Expect(number, room, text, self._seconds(marks), bool(marks.get("living")))

    def _marks(self, text: str) -> tuple[dict[str, str], str]:
        """What stands right after `<`, in any order, and the text after it."""
        marks: dict[str, str] = {}
        rest = text
        while rest and not rest[0].isspace():
            matched = MARKS.match(rest)
            if matched is None:
                raise Unreadable(
                    f"`<{text.split()[0]}` cannot be read: after `<` come `~` or `!`, (room) or (dm NAME), a time "
                    "such as 20m, then a blank and the text"
                )
            found = {key: value for key, value in matched.groupdict().items() if value is not None}
            if marks.keys() & found.keys():
                raise Unreadable(f"`{matched[0]}` is the second of its kind after `<`; one is enough")
            marks |= found
            rest = rest[matched.end() :]
        return marks, rest.strip()

    def _seconds(self, marks: dict[str, str]) -> float:
        if "seconds" not in marks:
            return DEFAULT_SECONDS
        if marks["unit"] not in UNITS:
            raise Unreadable(f"`{marks['seconds']}{marks['unit']}` is no time; write 20s, 5m or 2h")
        return float(int(marks["seconds"]) * UNITS[marks["unit"]])

    def _heard_in(self, where: str) -> str:
        words = where.split()
        if len(words) == 2 and words[0] == "dm" and re.fullmatch(NAME, words[1]):
            return "@" + words[1]
        if len(words) == 1 and words[0] != "dm" and re.fullmatch(NAME, words[0]):
            return words[0]
        raise Unreadable(f"`({where})` is no room; write `<(room)` or, for a direct message, `<(dm NAME)`")


def spoken(text: str) -> Spoken:
    return Spoken(text[1:], verbatim=True) if text.startswith("\\") else Spoken(text.rstrip())


def parse(file: str, text: str) -> tuple[Transcript, list[Mistake]]:
    parser = Parser(file, text)
    return parser.read(), parser.mistakes
