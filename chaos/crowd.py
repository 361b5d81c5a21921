"""Many people who talk to the bot without a pause, and answer what it says: each thing by chance, from a seed."""

from __future__ import annotations

import heapq
import re
import time
from collections.abc import Callable
from itertools import count
from random import Random

from chaos.answers import Answers
from chaos.company import ADMINS, DEPLOYERS, OTHERS
from chaos.line import Line
from chaos.phrases import Phrases

LOST = re.compile(r"^✗ `(?:build|play|ship) (\w+) \d+` \(\w+\) is lost")
REMEMBERED = 200


class Crowd:
    def __init__(self, seed: int, line_of: Callable[[Callable[[dict], None]], Line], a_second: float) -> None:
        self._random = Random(f"people {seed}")
        self._phrases = Phrases(self._random)
        self._answers = Answers(self._random, self)
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
        self.later(0.0, self._say_something)

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

    def later(self, seconds: float, action: Callable[[], None]) -> None:
        heapq.heappush(self._due, (time.monotonic() + seconds, next(self._count), action))

    def _say_something(self) -> None:
        self.later(self._random.expovariate(self._rate), self._say_something)
        person, text = self._phrases.something(self._known)
        self.say(person, text)

    def say(self, person: str, text: str) -> None:
        """Addressed in one of the ways that there are; some of it comes twice, or is changed afterwards."""
        room, words = self._phrases.addressed(person, text)
        self._line.say(person, room, words)
        request = self._line.last
        chance = self._random.random()
        if chance < 0.10:
            for _ in range(self._random.choice((1, 1, 2))):
                self.later(self._random.uniform(0.0, 3.0), lambda: self._line.again(request))
        elif chance < 0.16:
            changed = self._random.choice((words + "0", words + " now", "signalbox work 50", "never mind"))
            self.later(self._random.uniform(0.1, 2.0), lambda: self._line.change(request, changed))

    def _hear(self, post: dict) -> None:
        if not self._speaking or post["room"].startswith("probe"):
            return
        command, _, which = post["id"].partition("/")
        if which == "approval" and post["buttons"] and command not in self._asked:
            self._asked.add(command)
            self._know(command)
            self._answers.to(command, post)
        elif which == "living" and "has started" in post["text"]:
            self._know(command)
            if self._random.random() < 0.06:
                who = self._random.choice((*DEPLOYERS, *OTHERS))
                self.soon(0.0, 1.5, lambda: self.say(who, f"cancel {command}"))
        elif which == "result" and post["buttons"] and self._random.random() < 0.3:
            value = self._random.choice(post["buttons"])["value"]
            for _ in range(self._random.choice((1, 2, 3))):
                who = self._random.choice((*DEPLOYERS, self._random.choice(OTHERS)))
                self.soon(0.0, 1.0, lambda who=who: self._line.click(who, post["room"], post["id"], value))
        elif which == "result" and (lost := LOST.match(post["text"])):
            for wait in (1.0, 5.0, 12.0):
                who = self._random.choice((*DEPLOYERS, *ADMINS, self._random.choice(OTHERS)))
                self.later(wait, lambda who=who: self.say(who, f"unlock site/{lost[1]} somebody looked"))

    def _know(self, command: str) -> None:
        self._known.append(command)
        del self._known[:-REMEMBERED]

    def soon(self, low: float, high: float, action: Callable[[], None]) -> None:
        self.later(self._random.uniform(low, high), action)
