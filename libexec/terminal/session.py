"""One person at the bot: brings together what is typed, the wire and what is shown."""

from __future__ import annotations

import os
import selectors
import signal
import sys
import termios
import tty
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from terminal.editor import END, Editor
from terminal.posts import Post, Posts
from terminal.screen import Lines, Terminal, screen
from terminal.spoken import spoken
from terminal.wire import Wire

BETWEEN_ATTEMPTS = 0.2


@dataclass(frozen=True)
class Greeting:
    speaker: str
    people: tuple[str, ...]
    tries: tuple[str, ...]

    def lines(self) -> list[str]:
        others = ", ".join(f"'{name}: …'" for name in self.people if name != self.speaker)
        lines = [f"You are {self.speaker}; {others} speak as others. Things to say:"]
        lines += [f"    {words}" for words in self.tries or ("help",)]
        return [*lines, "Ctrl-C ends it."]


def hold(path: str, room: str, greeting: Greeting) -> int:
    shown = screen(room, greeting.speaker)
    session = Session(Wire(path, list(greeting.people)), shown, room, greeting.speaker)
    if not session.wire.connect():
        print(f"nobody listens at {path}: does the bot run, with chat.play=on?", file=sys.stderr)
        return 1
    # Being ended politely is as good as Ctrl-C: the terminal is given back as it was.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    # Who was started by a script in the background has it ignored, and at a terminal it is the way out.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        if isinstance(shown, Terminal):
            with keys_at_once():
                shown.note(*greeting.lines())
                session.talk()
        else:
            session.read_out()
    except KeyboardInterrupt:
        pass
    finally:
        shown.close()
    return 0


@contextmanager
def keys_at_once() -> Iterator[None]:
    before = termios.tcgetattr(sys.stdin)
    tty.setcbreak(sys.stdin)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


@dataclass
class Session:
    wire: Wire
    shown: Terminal | Lines
    room: str
    speaker: str
    posts: Posts = field(default_factory=Posts)
    editor: Editor = field(default_factory=Editor)
    waiting_for: str | None = None
    settled: bool = False

    def talk(self) -> None:
        """Until the person is done."""
        while True:
            ready = self._wait(sys.stdin.fileno())
            if sys.stdin.fileno() in ready:
                data = os.read(sys.stdin.fileno(), 4096)
                for line in self.editor.type(data) if data else [END]:
                    if line is END:
                        return
                    self._say(line)
                self.shown.typing(self.editor.text, self.editor.cursor)

    def read_out(self) -> None:
        """Line by line from standard input, the next when the one before is processed; then until all is at rest."""
        lines = deque(sys.stdin.read().splitlines())
        while lines:
            self._say(lines.popleft())
            while self.waiting_for is not None:
                self._wait(None)
        self.wire.settle(1)
        while not self.settled or self.posts.changing():
            self._wait(None)

    def _say(self, line: str) -> None:
        if not line.strip():
            return
        said = spoken(line, self.speaker, self.room)
        self.shown.said(said.person, said.words)
        if said.button is None:
            content = {"person": said.person, "room": said.room, "text": said.addressed}
            self.waiting_for = self.wire.send("say", content)
            return
        found = self.posts.button(said.button, said.room)
        if found is None:
            self.shown.note(f"there is no button [{said.button}] to click")
            return
        message, value = found
        content = {"person": said.person, "room": said.room, "message": message, "button": value}
        self.waiting_for = self.wire.send("click", content)

    def _wait(self, keyboard: int | None) -> set[int]:
        """Until something comes, of the bot or the keyboard; keeps the wire up. Gives what is ready to be read."""
        if self.wire.connection is None and self.wire.connect():
            self.shown.note("the bot is back")
            if self.waiting_for is None and not self.settled:
                self.wire.settle(1)
        with selectors.DefaultSelector() as selector:
            if keyboard is not None:
                selector.register(keyboard, selectors.EVENT_READ)
            if self.wire.connection is not None:
                selector.register(self.wire.connection, selectors.EVENT_READ)
            patience = None if self.wire.connection is not None else BETWEEN_ATTEMPTS
            ready = {key.fd for key, _ in selector.select(patience)}
        if self.wire.connection is not None and self.wire.connection.fileno() in ready:
            for message in self.wire.receive():
                self._take(message)
            if self.wire.connection is None:
                self.shown.note("the bot is gone; what is said now is handed over when it is back")
        return ready

    def _take(self, message: dict[str, Any]) -> None:
        if "processed" in message and message["processed"] == self.waiting_for:
            self.waiting_for = None
        if "idle" in message:
            self.settled = True
        if "error" in message:
            self.shown.note(f"the bot could not read that: {message['error']}")
        content = message.get("post") or message.get("edit")
        if content is not None:
            post = Post.of(content)
            text = self.posts.take(post)
            self.shown.changing(self.posts.changing())
            if text is not None:
                self.shown.shown(post)
