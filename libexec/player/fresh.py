"""Each file of a demo begins as if it were the first: with a brain, an audit topic and clean environments of its own."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from player.environments import clean_environments
from player.sandbox import NoDemo, Sandbox
from player.transcript import Transcript

OVERRIDES = "bot/overrides.yml"
COUNT = "plays"
# Redis has a thousand: 0 is the demo's own, the last is left to the benchmark.
BRAINS = range(1, 999)


class Fresh:
    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    def begin(self, transcript: Transcript) -> None:
        self._require_overrides()
        clean_environments(self.sandbox)
        number = self._next_number()
        settings = {"redis.uri": self._brain(number), "kafka.topic": f"signalbox.audit.{number}", **transcript.settings}
        try:
            self.sandbox.crew("stop", "bot")
        except NoDemo:
            pass  # it had ended by itself; should it run on after all, the start below says so
        # JSON is YAML, and needs no library.
        self.sandbox.write(OVERRIDES, json.dumps(settings, indent=2) + "\n")
        self.sandbox.crew("start", "bot")

    def _require_overrides(self) -> None:
        path = str(self.sandbox.folder / OVERRIDES)
        bot = self.sandbox.process("bot")
        if bot is None or path not in bot.get("argv", []):
            raise NoDemo(f"the bot of this demo does not read {path}: processes.json has to start it with --settings {path}")

    def _next_number(self) -> int:
        """Counted in the demo's folder, since several plays in one demo need a brain each as well."""
        file = self.sandbox.folder / COUNT
        number = int(file.read_text()) + 1 if file.exists() else BRAINS.start
        if number not in BRAINS:
            raise NoDemo(f"{len(BRAINS)} conversations were played in {self.sandbox.folder}, as many as it has brains for; "
                         "end that demo and start another")
        self.sandbox.write(COUNT, f"{number}\n")
        return number

    def _brain(self, number: int) -> str:
        redis = self.sandbox.process("redis")
        try:
            where = urlsplit("//" + redis["ready"]["tcp"])
            return f"redis://{where.hostname}:{where.port}/{number}"
        except (KeyError, TypeError, ValueError) as error:
            raise NoDemo("processes.json does not tell redis' address (redis.ready.tcp)") from error
