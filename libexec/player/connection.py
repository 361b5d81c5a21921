"""The play socket from the people's side: what they say goes in, what the bot says comes out."""

from __future__ import annotations

import json
import secrets
import selectors
import socket
import time
from collections.abc import Callable

from player.rooms import Heard, Rooms

LIMIT = 4 * 1024 * 1024


class NoBot(Exception):
    """The bot cannot be reached, or does not speak as agreed."""


class Connection:
    """Keeps what was not taken yet, as a chat service does: it is handed in again after a reconnect."""

    def __init__(self, path: str, people: list[str], rooms: Rooms) -> None:
        self.path = path
        self.people = people
        self.rooms = rooms
        self.untaken: dict[str, dict] = {}  # handed in or waiting for a bot, and not yet heard by one
        self.unprocessed: set[str] = set()
        self._processed: set[str] = set()
        self.last: dict | None = None
        self._token = secrets.token_hex(4)
        self._count = 0
        self._at = 0
        self._idle = 0
        self._socket: socket.socket | None = None
        self._buffer = b""

    @property
    def up(self) -> bool:
        return self._socket is not None

    def open(self) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        try:
            self._socket.settimeout(10)
            self._socket.connect(self.path)
            self._send({"hello": {"people": self.people}})
        except OSError as error:
            self.close()
            raise NoBot(f"no bot listens at {self.path}: {error.strerror or error}") from error
        for request in list(self.untaken.values()):
            self._send(request)

    def close(self) -> None:
        """What was taken is the bot's affair from here on: a new connection does not tell when it is processed."""
        if self._socket is not None:
            self._socket.close()
        self._socket = None
        self._buffer = b""
        self.unprocessed &= self.untaken.keys()

    def say(self, person: str, room: str, text: str) -> None:
        self._hand_in("say", {"person": person, "room": room, "text": text})

    def edit(self, text: str) -> dict | None:
        """The last message gets other words, which is a message of its own; the new one, None where there is no last."""
        said = (self.last or {}).get("say")
        if said is None:
            return None
        words = {"person": said["person"], "room": said["room"], "text": text}
        self._hand_in("say", words | {"edited": said.get("edited", said["id"])})
        return words

    def click(self, person: str, room: str, message: str, button: str) -> None:
        self._hand_in("click", {"person": person, "room": room, "message": message, "button": button})

    def grow_old(self, seconds: float) -> None:
        """What waits for a bot was said that much earlier."""
        for request in self.untaken.values():
            (content,) = request.values()
            content["at"] -= int(seconds * 1000)

    def redeliver(self) -> None:
        """The last one again, under the same id, as a chat service does that missed the answer."""
        if self.last is None:
            raise NoBot("nothing was said yet that could be delivered again")
        self._submit(self.last)

    def settle(self) -> Callable[[], bool]:
        """A condition: the bot has processed everything that was handed in before."""
        self._count += 1
        number = self._count
        self._send({"settle": number})
        return lambda: self._idle >= number

    def wait(self, condition: Callable[[], object], seconds: float) -> object:
        """The condition's value as soon as it has one; its last value when the time is over or the bot is down."""
        deadline = time.monotonic() + seconds
        while not (value := condition()):
            left = deadline - time.monotonic()
            if left <= 0 or not self.up:
                return value
            self._receive(left)
        return value

    def _hand_in(self, kind: str, content: dict) -> None:
        self._count += 1
        # No two at one time, as in a chat service, where the time orders what was said.
        self._at = max(int(time.time() * 1000), self._at + 1)
        self.last = {kind: {"id": f"{self._token}-{self._count}", **content, "at": self._at}}
        self._submit(self.last)

    def _submit(self, request: dict) -> None:
        (content,) = request.values()
        self.untaken[content["id"]] = request
        if content["id"] not in self._processed:  # told once; what is delivered again may not be told again
            self.unprocessed.add(content["id"])
        if self.up:
            self._send(request)

    def _send(self, message: dict) -> None:
        if self._socket is None:
            return
        try:
            self._socket.sendall(json.dumps(message, ensure_ascii=False).encode() + b"\n")
        except OSError:
            self.close()

    def _receive(self, seconds: float) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._socket, selectors.EVENT_READ)
            if not selector.select(seconds):
                return
        try:
            received = self._socket.recv(65536)
        except OSError:
            received = b""
        if not received:
            self.close()
            return
        *lines, self._buffer = (self._buffer + received).split(b"\n")
        if len(self._buffer) > LIMIT:
            raise NoBot(f"the bot sent a line of more than {LIMIT} bytes")
        for line in lines:
            if line.strip():
                self._understand(line)

    def _understand(self, line: bytes) -> None:
        try:
            ((kind, content),) = json.loads(line).items()
            if kind in ("post", "edit"):
                buttons = tuple((each["label"], each["value"]) for each in content.get("buttons") or ())
                heard = Heard(content["id"], "signalbox", content["text"], bool(content["final"]), buttons)
                self.rooms.add(content["room"], heard)
            elif kind == "heard":
                self.untaken.pop(content, None)
            elif kind == "processed":
                self.untaken.pop(content, None)
                self.unprocessed.discard(content)
                self._processed.add(content)
            elif kind == "idle":
                self._idle = max(self._idle, int(content))
            elif kind == "error":
                raise ValueError("it did not understand us")
            else:
                raise ValueError(f"'{kind}' is unknown")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise NoBot(f"the bot sent what is no line of the play socket ({error}): {line[:200]!r}") from error
