"""What people say to the bot and what it tells them, over the play socket, with a transcript of all of it."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from chaos.place import PROJECT

sys.path.insert(0, str(PROJECT / "libexec"))

from player.connection import Connection, NoBot  # noqa: E402

BETWEEN_TRIES = 0.1


class Transcript:
    def __init__(self, file: Path) -> None:
        self._file = file.open("a")
        self._lock = threading.Lock()

    def note(self, direction: str, what: dict) -> None:
        with self._lock:
            self._file.write(json.dumps({"at": round(time.time() * 1000), direction: what}, ensure_ascii=False) + "\n")

    def close(self) -> None:
        with self._lock:
            self._file.close()


class Nothing:
    """In place of rooms that remember every text for ever."""

    def add(self, room: str, heard: object) -> None:
        """A line tells of each text once, to whoever listens to it."""


class Line(Connection):
    """`hear` is told each text, new or changed, as the bot sent it."""

    def __init__(self, socket: Path, people: list[str], transcript: Transcript, hear: Callable[[dict], None]) -> None:
        super().__init__(str(socket), people, Nothing())
        self._transcript = transcript
        self._hear = hear
        self._try_at = 0.0

    def keep_open(self) -> bool:
        """Connects again where the bot was away; whether it is there now."""
        if not self.up and time.monotonic() >= self._try_at:
            self._try_at = time.monotonic() + BETWEEN_TRIES
            try:
                self.open()
            except NoBot:
                return False
        return self.up

    def listen(self, seconds: float) -> None:
        """Takes what comes, for so long."""
        if self.keep_open():
            self.wait(lambda: False, seconds)
        else:
            time.sleep(min(seconds, BETWEEN_TRIES))

    def again(self, request: dict) -> None:
        """The same message once more, under its id."""
        self._submit(request)

    def change(self, request: dict, text: str) -> None:
        """What was said gets other words, which is a message of its own that names the first."""
        said = request["say"]
        self._hand_in("say", {"person": said["person"], "room": said["room"], "text": text, "edited": said["id"]})

    def _submit(self, request: dict) -> None:
        self._transcript.note("said", request)
        super()._submit(request)

    def _understand(self, line: bytes) -> None:
        told = json.loads(line)
        self._transcript.note("told", told)
        super()._understand(line)
        post = told.get("post") or told.get("edit")
        if post is not None:
            self._hear(post)
