"""Plays a conversation line by line, and stops at the first one that does not hold."""

from __future__ import annotations

import time

from player.connection import Connection, NoBot
from player.crew_lines import OF_THE_CHAT
from player.matcher import substitute
from player.rooms import Heard, Rooms
from player.sandbox import NoDemo
from player.stage import Stage
from player.transcript import Click, Crew, Expect, Refute, Say, Step, Transcript

TO_BE_TAKEN = 10.0
TO_BE_PROCESSED = 180.0
TO_APPEAR = 10.0
TO_LISTEN = 15.0


class DoesNotHold(Exception):
    """What a line found instead of what it says, or what kept it from being played."""


class Player:
    def __init__(self, transcript: Transcript, connection: Connection, rooms: Rooms, stage: Stage | None) -> None:
        self.transcript = transcript
        self.connection = connection
        self.rooms = rooms
        self.stage = stage
        self.bound: dict[str, str] = {}
        self.meant_to_be_down = False
        self.step: Step = transcript.steps[0]
        self._actions = {Say: self._say, Click: self._click, Expect: self._expect, Refute: self._refute, Crew: self._crew}

    def play(self) -> None:
        for self.step in self.transcript.steps:
            try:
                self._actions[type(self.step)](self.step)
            except (NoBot, NoDemo) as problem:
                raise DoesNotHold(str(problem)) from problem
        self._rest()  # also what is said last is to be heard

    def _say(self, step: Say) -> None:
        self._rest()
        self.rooms.mark()
        text = "\n".join(
            line.text if line.verbatim else substitute(line.text, self.bound) for line in step.lines
        )
        self._hear_person(step.person, step.room, text)
        self.connection.say(step.person, step.room, text)

    def _click(self, step: Click) -> None:
        self._rest()
        room = self.rooms[step.room]
        found = self._wait(lambda: room.button(step.label), TO_APPEAR)
        if found is None:
            there = ", ".join(f"[{label}]" for label in room.labels()) or "none at all"
            raise DoesNotHold(f"there is no enabled button [{step.label}] in {step.room}; enabled are: {there}")
        self.rooms.mark()
        self._hear_person(step.person, step.room, f"[{step.label}]")
        self.connection.click(step.person, step.room, *found)

    def _expect(self, step: Expect) -> None:
        room = self.rooms[step.room]
        found = self._wait(lambda: _some(room.take(step.text, self.bound, step.living)), step.seconds)
        if found is None:
            kind = "text" if step.living else "final text"
            raise DoesNotHold(f"no {kind} in {step.room} holds this within {step.seconds:g} s{self._about_the_bot()}")
        self.bound |= found[0]

    def _refute(self, step: Refute) -> None:
        self._rest()
        if self.connection.up and not self._wait(self.connection.settle(), TO_BE_PROCESSED):
            raise DoesNotHold(f"the bot did not come to a rest within {TO_BE_PROCESSED:g} s{self._about_the_bot()}")
        found = self.rooms[step.room].since_mark(step.text, self.bound)
        if found is not None:
            raise DoesNotHold(f"this was said in {step.room}: {found.text}")

    def _crew(self, step: Crew) -> None:
        if self.stage is None and step.verb not in OF_THE_CHAT:
            raise DoesNotHold("there is no stage crew outside a demo")
        self._rest()
        self.rooms.mark()
        arguments = [substitute(each, self.bound) for each in step.arguments]
        problem = getattr(self, "_crew_" + step.verb.replace(" ", "_"))(step, *arguments)
        if problem is not None:
            raise DoesNotHold(problem)

    def _crew_kill(self, step: Crew, part: str) -> None:
        self._take_down("kill", part)

    def _crew_stop(self, step: Crew, part: str) -> None:
        self._take_down("stop", part)

    def _take_down(self, verb: str, part: str) -> None:
        if part == "bot":
            self.meant_to_be_down = True
        self.stage.take_down(verb, part)
        if part == "bot":
            self.connection.close()

    def _crew_start(self, step: Crew, part: str) -> None:
        self.stage.start(part)
        if part == "bot" and not self.connection.up:
            self.connect()

    def _crew_drop_chat(self, step: Crew) -> None:
        self.connection.close()
        self.connect()

    def _crew_cut_chat(self, step: Crew) -> None:
        self.meant_to_be_down = True
        self.connection.close()

    def _crew_mend_chat(self, step: Crew) -> None:
        if not self.connection.up:
            self.connect()

    def _crew_redeliver(self, step: Crew) -> None:
        self.connection.redeliver()

    def _crew_edit(self, step: Crew, text: str) -> None:
        edited = self.connection.edit(text)
        if edited is None:
            raise DoesNotHold("nothing was said yet that could be edited, or the last thing was a click")
        self._hear_person(edited["person"], edited["room"], f"(edited) {text}")

    def _crew_pass(self, step: Crew, duration: str) -> None:
        self.connection.grow_old(float(duration))

    def _crew_load_start(self, step: Crew) -> None:
        self.stage.load_start()

    def _crew_load_stop(self, step: Crew) -> None:
        self.rooms.add(step.room, Heard(f"crew-{step.number}", "crew", self.stage.load_stop(), final=True))

    def _crew_expect_http(self, step: Crew, *arguments: str) -> str | None:
        return self.stage.http(*arguments)

    def _crew_expect_file_absent(self, step: Crew, path: str) -> str | None:
        return self.stage.file_absent(path)

    def _crew_expect_file_holds(self, step: Crew, path: str, text: str) -> str | None:
        return self.stage.file_holds(path, text)

    def _crew_expect_audit(self, step: Crew, *arguments: str) -> str | None:
        return self.stage.audit(*arguments)

    def connect(self) -> None:
        """A bot that has just become ready may need a moment until it listens."""
        deadline = time.monotonic() + TO_LISTEN
        while True:
            try:
                self.connection.open()
                self.meant_to_be_down = False
                return
            except NoBot:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)

    def _rest(self) -> None:
        """Until the lines before are processed. What no bot has taken stays with the chat service: it holds up nothing."""
        self._wait(lambda: not self.connection.untaken, TO_BE_TAKEN)
        under_way = self.connection.unprocessed
        self._wait(lambda: not under_way - self.connection.untaken.keys(), TO_BE_PROCESSED)
        if self.connection.up and under_way - self.connection.untaken.keys():
            raise DoesNotHold(f"the line before was not processed within {TO_BE_PROCESSED:g} s")

    def _wait(self, condition, seconds: float):  # noqa: ANN001, ANN202
        value = self.connection.wait(condition, seconds)
        if not value and not self.connection.up and not self.meant_to_be_down:
            raise DoesNotHold("the bot closed the connection")
        return value

    def _hear_person(self, person: str, room: str, text: str) -> None:
        self.rooms.add(room, Heard(f"said-{time.monotonic_ns()}", person, text, final=True, by_person=True))

    def _about_the_bot(self) -> str:
        return "" if self.connection.up else "; the bot is down"


def _some(found: dict[str, str] | None) -> tuple[dict[str, str]] | None:
    """Wrapped, since finding a text without any {x} is a find as well."""
    return None if found is None else (found,)
