"""Many people who talk to the bot without a pause, and answer what it says: each thing by chance, from a seed."""

from __future__ import annotations

import heapq
import re
import time
from collections.abc import Callable
from itertools import count
from random import Random

from chaos.company import ADMINS, APPROVAL_SECONDS, DEPLOYERS, FLOATING, OTHERS, PEOPLE
from chaos.line import Heard, Line
from chaos.phrases import Phrases

LOST = re.compile(r"^✗ `\w+ (?:to )?(north|south|east)\b.* is lost")
REMEMBERED = 200


class Crowd:
    def __init__(self, seed: int, line_of: Callable[[Callable[[str, Heard], None]], Line], a_second: float) -> None:
        self._random = Random(f"people {seed}")
        self._phrases = Phrases(self._random)
        self._line = line_of(self._hear)
        self._rate = a_second
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._count = count()
        self._asked: set[str] = set()
        self._known: list[str] = []
        self._speaking = False

    @property
    def line(self) -> Line:
        return self._line

    def begin(self) -> None:
        self._speaking = True
        self._later(0.0, self._say_something)

    def end(self) -> None:
        """Nobody says anything new, nor answers."""
        self._speaking = False
        self._due.clear()

    def live(self, seconds: float) -> None:
        """Says what is due and hears what comes, for so long."""
        until = time.monotonic() + seconds
        while (now := time.monotonic()) < until:
            while self._due and self._due[0][0] <= now:
                heapq.heappop(self._due)[2]()
            next_one = min(until, self._due[0][0]) if self._due else until
            self._line.listen(max(0.0, min(next_one - time.monotonic(), 0.2)))

    def _later(self, seconds: float, action: Callable[[], None]) -> None:
        heapq.heappush(self._due, (time.monotonic() + seconds, next(self._count), action))

    def _say_something(self) -> None:
        self._later(self._random.expovariate(self._rate), self._say_something)
        person, text = self._phrases.something(self._known)
        self._say(person, text)

    def _say(self, person: str, text: str) -> None:
        """Addressed in one of the ways that there are; some of it comes twice, or is changed afterwards."""
        room, words = self._phrases.addressed(person, text)
        self._line.say(person, room, words)
        request = self._line.last
        chance = self._random.random()
        if chance < 0.10:
            for _ in range(self._random.choice((1, 1, 2))):
                self._later(self._random.uniform(0.0, 3.0), lambda: self._line.again(request))
        elif chance < 0.14:
            changed = words + self._random.choice(("0", " now", " work 100"))
            self._later(self._random.uniform(0.3, 2.0), lambda: self._line.edit(request, changed))
        elif chance < 0.16:
            self._later(0.2, lambda: self._line.say(person, room, "signalbox work 50", edited=True))

    def _hear(self, room: str, heard: Heard) -> None:
        if not self._speaking or room.startswith("probe"):
            return
        command, _, which = heard.message.partition("/")
        if which == "approval" and heard.buttons and command not in self._asked:
            self._asked.add(command)
            self._answer_request(room, command, heard)
        elif which == "living" and "has started" in heard.text:
            self._know(command)
            if self._random.random() < 0.06:
                who = self._random.choice((*DEPLOYERS, *OTHERS))
                self._soon(0.0, 1.5, lambda: self._say(who, f"cancel {command}"))
        elif which == "result" and (lost := LOST.match(heard.text)):
            for wait in (1.0, 5.0, 12.0):
                who = self._random.choice((*DEPLOYERS, *ADMINS, self._random.choice(OTHERS)))
                self._later(wait, lambda who=who: self._say(who, f"unlock site/{lost[1]} somebody looked"))

    def _know(self, command: str) -> None:
        self._known.append(command)
        del self._known[:-REMEMBERED]

    def _soon(self, low: float, high: float, action: Callable[[], None]) -> None:
        self._later(self._random.uniform(low, high), action)

    def _answer_request(self, room: str, command: str, heard: Heard) -> None:
        self._know(command)
        deployer, other = self._random.sample(DEPLOYERS, 2)
        if self._random.random() < 0.3:
            stranger = self._random.choice((*OTHERS, *FLOATING))
            self._soon(0.0, 1.0, lambda: self._say(stranger, f"approve {command}"))
        label, value = next((each for each in heard.buttons if each[0] == "Approve"), heard.buttons[0])

        def click(person: str) -> None:
            self._line.click(person, room, heard.message, value)

        def approve(person: str) -> None:
            self._say(person, f"approve {command}")

        def floating() -> None:
            """Given the role too late to count, and taken away again."""
            person = self._random.choice(FLOATING)
            self._say("olga", f"@{person} has deployer role")
            self._soon(0.1, 1.0, lambda: approve(person))

        def late() -> None:
            self._later(APPROVAL_SECONDS + self._random.uniform(-0.3, 1.9), lambda: approve(deployer))

        ways: list[tuple[int, Callable[[], None]]] = [
            (40, lambda: self._soon(0.2, 3.0, lambda: approve(deployer))),
            (12, lambda: self._soon(0.2, 3.0, lambda: click(deployer))),
            (10, lambda: self._soon(0.2, 1.0, lambda: (click(deployer), click(other), approve(deployer)))),
            (10, late),
            (8, lambda: self._soon(0.2, 3.0, lambda: self._say(deployer, f"deny {command} not today"))),
            (5, lambda: self._soon(0.2, 3.0, lambda: self._say("olga", f"cancel {command}"))),
            (4, lambda: self._soon(0.2, 3.0, lambda: self._say(deployer, f"cancel {command}"))),
            (6, lambda: self._soon(0.2, 3.0, lambda: self._say(deployer, f"approve {command} 00000000"))),
            (5, floating),
            (5, lambda: None),
        ]
        weights, actions = zip(*ways, strict=True)
        self._random.choices(actions, weights)[0]()
        if self._random.random() < 0.15:
            self._later(self._random.uniform(0.0, 2 * APPROVAL_SECONDS), lambda: approve(self._random.choice(PEOPLE)))
