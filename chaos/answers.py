"""What people do about a request for approval: right and wrong persons, in time and too late, by words and by clicks."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Protocol

from chaos.company import APPROVAL_SECONDS, DEPLOYERS, FLOATING, ON_CALL, OTHERS, PEOPLE
from chaos.line import Line


class Speakers(Protocol):
    line: Line

    def say(self, person: str, text: str) -> None: ...

    def later(self, seconds: float, action: Callable[[], None]) -> None: ...

    def soon(self, low: float, high: float, action: Callable[[], None]) -> None: ...


class Answers:
    def __init__(self, random: Random, people: Speakers) -> None:
        self._random = random
        self._people = people

    def to(self, command: str, post: dict) -> None:
        self._meddle(command)
        request = _Request(self._people, command, post)
        asked = post["mentions"] or list(DEPLOYERS)
        one = self._random.choice(asked)
        other = self._random.choice([person for person in asked if person != one] or asked)
        requesters = [person for person in DEPLOYERS if person not in asked] or list(DEPLOYERS)
        own = self._random.choice(requesters)
        soon, say = self._people.soon, self._people.say
        ways: list[tuple[int, Callable[[], None]]] = [
            (20, lambda: soon(0.1, 2.0, lambda: request.approve(one))),
            (18, lambda: (soon(0.1, 2.0, lambda: request.approve(one)), soon(0.1, 2.0, lambda: request.approve(other)))),
            (12, lambda: soon(0.1, 2.0, lambda: request.click(one))),
            (10, lambda: soon(0.1, 1.0, lambda: (request.click(one), request.click(other), request.approve(one)))),
            (14, lambda: self._people.later(self._about_the_deadline(), lambda: request.approve(one))),
            (6, lambda: soon(0.1, 2.0, lambda: say(one, f"deny {command} not today"))),
            (3, lambda: soon(0.1, 2.0, lambda: say("olga", f"cancel {command}"))),
            (3, lambda: soon(0.1, 2.0, lambda: say(own, f"cancel {command}"))),
            (4, lambda: soon(0.1, 2.0, lambda: say(one, f"approve {command} 00000000"))),
            (3, lambda: soon(0.1, 2.0, lambda: request.approve(own))),
            (5, lambda: soon(0.1, 2.0, lambda: say(ON_CALL, f"break glass {command} the bridge is down"))),
            (4, lambda: self._with_a_new_role(request)),
            (3, lambda: None),
        ]
        weights, actions = zip(*ways, strict=True)
        self._random.choices(actions, weights)[0]()

    def _meddle(self, command: str) -> None:
        """Some who are not asked say yes as well, now or long after."""
        if self._random.random() < 0.2:
            stranger = self._random.choice((*OTHERS, *FLOATING))
            self._people.soon(0.0, 1.0, lambda: self._people.say(stranger, f"approve {command}"))
        if self._random.random() < 0.15:
            somebody = self._random.choice(PEOPLE)
            self._people.soon(0.0, 2 * APPROVAL_SECONDS, lambda: self._people.say(somebody, f"approve {command}"))

    def _about_the_deadline(self) -> float:
        return APPROVAL_SECONDS + self._random.uniform(-0.3, 1.2)

    def _with_a_new_role(self, request: _Request) -> None:
        """Given too late to count for this."""
        person = self._random.choice(FLOATING)
        self._people.say("olga", f"@{person} has deployer role")
        self._people.soon(0.1, 1.0, lambda: request.approve(person))


class _Request:
    def __init__(self, people: Speakers, command: str, post: dict) -> None:
        self._people = people
        self._command = command
        self._post = post

    def approve(self, person: str) -> None:
        self._people.say(person, f"approve {self._command}")

    def click(self, person: str) -> None:
        value = next(each["value"] for each in self._post["buttons"] if each["label"] == "Approve")
        self._people.line.click(person, self._post["room"], self._post["id"], value)
