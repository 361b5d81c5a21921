"""The things that people say by themselves, and the ways in which the bot is addressed."""

from __future__ import annotations

from random import Random

from chaos.company import ADMINS, DEPLOYERS, FLOATING, KEEPERS, OTHERS, PEOPLE

PLACES = ("north", "south", "east", "west", "hill", "lake")
QUESTIONS = ("help", "help ship", "ping", "version", "status", "runs", "locks", "who am i", "where can i deploy",
             "who has deployer role", "what roles does @emil have", "explain work 100", "hello", "schedules", "freezes",
             "can i ship to north 100", "who can wipe 100", "why not")  # fmt: skip
NONSENSE = ("frobnicate", "ship", "ship to nowhere 100", "work", "work lots", "wrok 100", "build east", "'; rm -rf /", "{{ 7*7 }}",
            "approve", "approve zzzzzz", "deny what", "$(reboot)", "work 100; work 200", "ünïcödé 🚂", "@", "help " + "x" * 5000)  # fmt: skip
CHATTER = ("lunch?", "approve of this?", "the train is late", "I told signalbox to wait", "work 100", "ok")


class Phrases:
    def __init__(self, random: Random) -> None:
        self._random = random
        self._kinds = (
            (24, self._question),
            (6, lambda known: (self._anybody(), f"look {self._millis()}")),
            (10, lambda known: (self._deployer(), f"work {self._millis()}")),
            (6, lambda known: (self._deployer(), f"break {self._millis()}")),
            (10, lambda known: (self._deployer(), f"build {self._place()} {self._millis()}")),
            (1.2, lambda known: (self._deployer(), f"play {self._place()} {self._millis()}")),
            (10, lambda known: (self._deployer(), f"ship to {self._place()} {self._millis()}")),
            (4, lambda known: (self._deployer(), f"wipe {self._millis()}")),
            (5, self._forbidden),
            (6, self._role),
            (5, lambda known: (self._anybody(), random.choice(NONSENSE))),
            (4, lambda known: (self._anybody(), "")),
            (2, lambda known: (self._deployer(), f"work {self._millis()} in {random.choice((2, 4, 8))}s")),
            (4, lambda known: (self._deployer(), f"build {self._place()} {self._millis()} --wait")),
            (1, lambda known: (self._deployer(), f"ship {self._place()} {self._millis()} --wait")),
            (4, self._kept),
            (6, self._about_another),
            (0.4, lambda known: (random.choice(ADMINS), "audit verify")),
        )

    def something(self, known: list[str]) -> tuple[str, str]:
        """Who says what; the empty text stands for what is not said to the bot."""
        weights, kinds = zip(*self._kinds, strict=True)
        return self._random.choices(kinds, weights)[0](known)

    def addressed(self, person: str, text: str) -> tuple[str, str]:
        """A room and the words as they are said there."""
        if not text:
            return "ops", self._random.choice(CHATTER)
        way = self._random.random()
        if way < 0.1:
            return f"@{person}", text
        room = self._random.choice(("ops", "ops", "lab"))
        if way < 0.3 and text[0].isascii() and text[0].isalpha():
            return room, "." + text
        if way < 0.5 and text.startswith(("approve ", "deny ")):
            return room, text
        return room, self._random.choice(("signalbox ", "@signalbox ", "/signalbox ", "Signalbox: ")) + text

    def _anybody(self) -> str:
        return self._random.choice(PEOPLE)

    def _deployer(self) -> str:
        return self._random.choice((*DEPLOYERS, *DEPLOYERS, self._random.choice(FLOATING)))

    def _place(self) -> str:
        return self._random.choice(PLACES)

    def _millis(self) -> int:
        return self._random.choice((0, 0, 50, 200, 500, 1000, 3000))

    def _question(self, known: list[str]) -> tuple[str, str]:
        if known and self._random.random() < 0.2:
            return self._anybody(), f"{self._random.choice(('log', 'tail'))} {self._random.choice(known)}"
        return self._anybody(), self._random.choice(QUESTIONS)

    def _forbidden(self, known: list[str]) -> tuple[str, str]:
        texts = (f"work {self._millis()}", f"ship to {self._place()} 100", "@pia has admin role", f"unlock site/{self._place()}",
                 "@olga does not have admin role", "probe", "reload")  # fmt: skip
        return self._random.choice(OTHERS), self._random.choice(texts)

    def _role(self, known: list[str]) -> tuple[str, str]:
        # Approvers and requesters too lose a role at the wrong moment; they get it back as often.
        person = self._random.choice((*FLOATING, *FLOATING, self._random.choice((*DEPLOYERS, *KEEPERS))))
        role = self._random.choice(("deployer", "deployer", "keeper"))
        gives = self._random.random() < (0.6 if person in FLOATING else 0.8)
        text = f"@{person} has {role} role" if gives else f"@{person} does not have {role} role"
        return self._random.choice(ADMINS), text

    def _kept(self, known: list[str]) -> tuple[str, str]:
        """What people keep for themselves, and what is frozen: mostly for some seconds."""
        place, seconds = self._place(), self._random.choice((5, 8, 15))
        words = self._random.choice((
            f"lock site/{place} for {seconds}s because painting", f"lock site/{place}", f"extend site/{place} {seconds}s",
            f"unlock site/{place}", f"unlock site/{place}", f"take over site/{place}", f"freeze {place} for {seconds}s because ice",
            f"thaw {place}",
        ))  # fmt: skip
        return self._random.choice((*DEPLOYERS, "olga")), words

    def _about_another(self, known: list[str]) -> tuple[str, str]:
        if not known:
            return self._anybody(), "runs"
        command = self._random.choice(known)
        words = self._random.choice((f"cancel {command}", f"approve {command}", f"deny {command}", f"unlock site/{self._place()}",
                                     f"unlock site/{self._place()} I looked", f"why not {command}", f"move {command} in 3s",
                                     f"break glass {command} the bridge is down"))  # fmt: skip
        return self._random.choice((*DEPLOYERS, *ADMINS, self._anybody())), words
