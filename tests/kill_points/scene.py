"""Plays one case: brings a command to the transition, ends the bot there, starts it again, and looks at what is left."""

from __future__ import annotations

import json
import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(PROJECT / "bench/bare"), str(PROJECT / "libexec"), str(Path(__file__).parent)]

from cases import CATALOG, PROGRAMS, Case  # noqa: E402
from own_bot import OwnBot, Redis  # noqa: E402
from proxy import Proxy  # noqa: E402

from player.connection import Connection  # noqa: E402
from player.rooms import Rooms  # noqa: E402

ROOM = "ops"
PATIENCE = 60.0
ENDS = {"Misunderstood", "Answered", "Refused", "Denied", "Withdrawn", "Expired", "Voided", "Finished"}


@dataclass(frozen=True)
class Outcome:
    """`kept` is what the brain has of the command while the bot is down, `became` what it has in the end."""

    case: Case
    after: bool
    command: str
    kept: tuple[str, ...]
    became: tuple[str, ...]
    told: tuple[str, ...]
    starts: int
    locks: int


class Scene:
    def __init__(self, folder: Path) -> None:
        self.own = OwnBot(folder, CATALOG, PROGRAMS)
        self.own.start_parts()
        self.proxy = Proxy(self.own.redis_port, self.own.kill_bot)
        password = Path(self.own.local["redis"]["password-file"]).read_text().strip()
        self.redis = Redis(self.own.redis_port, password)
        self.settings: tuple[str, ...] = ("--set", "demo=on")
        self.number = 0
        self.own.start_bot(*self.settings, redis_port=self.proxy.port)

    def close(self) -> None:
        self.own.close()
        self.proxy.close()
        self.redis.close()

    def play(self, case: Case, after: bool) -> Outcome:
        self._wear(case.settings or ("--set", "demo=on"))
        self.number += 1
        token = f"t{self.number}"
        chat = Connection(str(self.own.socket), ["anna", "bert"], Rooms())
        chat.open()
        if case.earlier:
            self._say(chat, "bert", case.earlier)
            self._rest(chat)
        command = self._say(chat, "anna", case.before.format(token=token)) if case.before else None
        if command:
            self._until(chat, lambda: "ApprovalRequested" in self._story(command) and not chat.unprocessed)
        if case.drift:
            (self.own.project / "playbooks" / f"{token}.yml").write_text("# something else than what was planned\n")
        shown = len(chat.rooms[ROOM].heard)
        struck = self.proxy.arm(case.match(), after)
        message = None
        if case.says:
            message = self._hand_in(chat, case, case.says.format(token=token, id=command))
        chat.wait(struck.is_set, PATIENCE)
        if not struck.wait(PATIENCE):
            raise AssertionError(f"the bot never came to {case.name}:\n{self.own.log()[-2000:]}")
        chat.close()
        command = command or self._command(message)
        kept = self._story(command)
        time.sleep(case.away_seconds)
        self.own.start_bot(redis_port=self.proxy.port)
        chat.open()
        command = command or self._await_command(chat, message)
        if case.then:
            self._until(chat, lambda: case.awaits in self._story(command))
            self._rest(chat)
            self._say(chat, "bert", case.then.format(id=command))
        self._until(chat, lambda: self._ended(command))
        self._rest(chat)
        # The same message, posted again by a bot that does not know that it was, is one message to whoever reads the room.
        heard = dict.fromkeys(chat.rooms[ROOM].heard[shown:])
        told = [version for version in heard if version in chat.rooms[ROOM].current()]
        told.sort(key=lambda version: version.message.startswith(f"{command}/"))  # its own after those of the words
        chat.close()
        starts = self.own.ran().count(token)
        locks = int(self.redis.say("SCARD", "sb:locks"))
        told = tuple(plain(version.text.replace(command, "ID")) for version in told if version.final)
        return Outcome(case, after, command, kept, self._story(command), told, starts, locks)

    def _wear(self, settings: tuple[str, ...]) -> None:
        if settings != self.settings:
            self.settings = settings
            self.own.stop_bot()
            self.own.start_bot(*settings, redis_port=self.proxy.port)

    def _hand_in(self, chat: Connection, case: Case, text: str) -> str:
        """As the chat service does, which may have it for long."""
        if case.minutes_ago:
            chat.close()
        chat.say(case.person, ROOM, text)
        if case.minutes_ago:
            chat.grow_old(case.minutes_ago * 60)
            chat.open()
        return chat.last["say"]["id"]

    def _say(self, chat: Connection, person: str, text: str) -> str:
        chat.say(person, ROOM, text)
        message = chat.last["say"]["id"]
        return self._await_command(chat, message)

    def _await_command(self, chat: Connection, message: str) -> str:
        self._until(chat, lambda: self._command(message) is not None)
        return self._command(message)

    def _command(self, message: str | None) -> str | None:
        return self.redis.say("GET", f"sb:chat:heard:play:{message}")

    def _story(self, command: str | None) -> tuple[str, ...]:
        events = self.redis.say("LRANGE", f"sb:story:{command}", "0", "-1") if command else []
        return tuple(_title(json.loads(event)) for event in events)

    def _ended(self, command: str) -> bool:
        return any(kind.split(" ")[0] in ENDS for kind in self._story(command))

    def _rest(self, chat: Connection) -> None:
        self._until(chat, chat.settle())

    def _until(self, chat: Connection, condition) -> None:  # noqa: ANN001
        deadline = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > deadline:
                raise AssertionError(f"the bot did not get on:\n{self.own.log()[-2000:]}")
            chat.wait(condition, 0.1)


def _title(event: dict) -> str:
    return event["kind"] + (f" ({event['outcome']})" if event["kind"] == "Finished" else "")


# What differs from one time to the next.
VARYING = (
    (r"\bt\d+\b", "TOKEN"),
    (r"plan [0-9a-f]{8}", "plan DIGEST"),
    (r"\naudit \d+:[0-9a-f]{12}$", ""),  # it comes when the log has it, which may be a moment later
    (r"\b\d+:\d\d\b( UTC)?", "TIME"),
)


def plain(text: str) -> str:
    for pattern, name in VARYING:
        text = re.sub(pattern, name, text)
    return " / ".join(line.strip() for line in text.splitlines())
