"""The chat room of a bot on a server, from outside: as a chat service, it stays while the bot goes and comes again."""

from __future__ import annotations

import sys
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT / "libexec"))

from player.connection import Connection, NoBot  # noqa: E402
from player.rooms import Rooms  # noqa: E402

ROOM = "ops"
PEOPLE = ["olga", "bert", "carla"]


class Chat:
    def __init__(self, socket: str) -> None:
        self.rooms = Rooms()
        self._connection = Connection(socket, PEOPLE, self.rooms)

    def says(self, person: str, words: str, room: str = ROOM) -> None:
        self._comes_in(30)
        self._connection.say(person, room, words)

    def hears(self, pattern: str, seconds: float = 20, room: str = ROOM) -> dict[str, str]:
        """Waits until the bot says this (`…` stands for anything, `{x}` for a word), also one that is started meanwhile."""
        deadline = time.monotonic() + seconds
        while True:
            found = self.rooms[room].take(pattern, {}, living=False)
            if found is not None:
                return found
            heard = len(self.rooms[room].heard)
            left = deadline - time.monotonic()
            assert left > 0, f"not within {seconds} s: {pattern!r}. What was said:\n{self.transcript()}"
            if self._connection.up:
                self._connection.wait(lambda: len(self.rooms[room].heard) > heard, min(left, 1.0))
            else:
                self._comes_in(left)

    def ask(self, person: str, words: str, pattern: str, seconds: float = 20) -> dict[str, str]:
        self.says(person, words)
        return self.hears(pattern, seconds)

    def answers_within(self, seconds: float) -> float:
        """Seconds until a bot is there and answers; in a room of its own, so that nothing here is passed over by it."""
        began = time.monotonic()
        self._comes_in(seconds)
        self.says("bert", "signalbox ping", "aside")
        self.hears("pong", max(1.0, seconds - (time.monotonic() - began)), "aside")
        return time.monotonic() - began

    def transcript(self) -> str:
        return "\n".join(f"  {heard.speaker}: {heard.text}" for heard in self.rooms[ROOM].current())

    def listens(self, seconds: float) -> None:
        """To whatever is said meanwhile."""
        if self._connection.up:
            heard = len(self.rooms[ROOM].heard)
            self._connection.wait(lambda: len(self.rooms[ROOM].heard) > heard, seconds)
        else:
            self._comes_in(30)

    def leaves(self) -> None:
        self._connection.close()

    def _comes_in(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while not self._connection.up:
            try:
                self._connection.open()
            except NoBot:
                assert time.monotonic() < deadline, f"no bot within {seconds:.0f} s"
                time.sleep(0.1)
