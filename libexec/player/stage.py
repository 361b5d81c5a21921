"""The stage crew of a demo: it takes parts of the company down and up, and looks behind the scenes."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

from player.audit import Records
from player.matcher import find
from player.sandbox import NoDemo, Sandbox

LOOK = str(Path(__file__).with_name("look.py"))
PATIENCE = 10.0


class Stage:
    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.down: set[str] = set()
        self.loaded = False

    def take_down(self, verb: str, part: str) -> None:
        self.down.add(part)
        self.sandbox.crew(verb, part)

    def start(self, part: str) -> None:
        self.sandbox.crew("start", part)
        self.down.discard(part)

    def tidy(self) -> None:
        """What a conversation left undone; Kafka and Redis first, since the bot wants them."""
        if self.loaded:
            self.load_stop()
        for part in sorted(self.down, key=["kafka", "redis", "bot"].index):
            self.start(part)

    def load_start(self) -> None:
        self.sandbox.run("load", "start", *self.sandbox.here())
        self.loaded = True

    def load_stop(self) -> str:
        """The line that a conversation can match."""
        printed = self.sandbox.run("load", "stop", *self.sandbox.here())
        self.loaded = False
        try:
            result = json.loads(printed.strip().splitlines()[-1])
            return (
                f"load: {result['requests']} requests, {result['lost']} lost, p99 {round(result['p99_ms'])} ms, "
                f"{result['cut']} cut"
            )
        except (ValueError, KeyError, IndexError, TypeError) as error:
            raise NoDemo(f"the load's result cannot be read ({error}): {printed.strip()[-300:]}") from error

    def http(self, url: str, status: str, text: str | None = None) -> str | None:
        """What is wrong, after waiting for it to become right; None where it is right."""

        def problem() -> str | None:
            seen = self._look("http", url)
            if "problem" in seen:
                return f"{url} does not answer: {seen['problem']}"
            if seen["status"] != int(status):
                return f"{url} answers {seen['status']}, not {status}"
            if text is not None and find(text, seen["text"], {}) is None:
                return f"{url} answers {status}, but without '{text}': {seen['text'][:300]}"
            return None

        return self._until_right(problem)

    def file_holds(self, path: str, text: str) -> str | None:
        def problem() -> str | None:
            seen = self._look("file", self._absolute(path))
            if not seen["exists"]:
                return f"there is no file {path}"
            return None if find(text, seen["text"], {}) is not None else f"{path} does not hold '{text}'"

        return self._until_right(problem)

    def file_absent(self, path: str) -> str | None:
        return f"there is a file {path}" if self._look("file", self._absolute(path))["exists"] else None

    def audit(self, event: str, name: str | None = None) -> str | None:
        return Records(self.sandbox).missing(event, name)

    def _absolute(self, path: str) -> str:
        """What is no whole path is meant below the demo's folder."""
        return str(self.sandbox.folder / path)

    def _look(self, kind: str, subject: str) -> dict:
        return json.loads(self.sandbox.run_inside("/usr/bin/python3", "-I", LOOK, kind, subject, seconds=30))

    def _until_right(self, problem: Callable[[], str | None]) -> str | None:
        deadline = time.monotonic() + PATIENCE
        while (wrong := problem()) is not None and time.monotonic() < deadline:
            time.sleep(0.2)
        return wrong
