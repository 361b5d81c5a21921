"""Conversations played over a real socket, against a bot that says what each test lets it say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from stand_in import StandIn, demo_folder, sandbox_command

from player.command_line import main

Answer = Callable[[StandIn, dict], None]
HOLDS, DOES_NOT_HOLD, MALFORMED, NO_ENVIRONMENT = range(4)


def echo(bot: StandIn, said: dict) -> None:
    bot.post(said["room"], f"you said: {said.get('text', said.get('button'))}")


class Theatre:
    """One demo folder, its stand-in, and conversations played there."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture) -> None:
        self.folder = demo_folder(folder)
        self.capsys = capsys
        self.bots: list[StandIn] = []

    @property
    def bot(self) -> StandIn:
        return self.bots[-1]

    def play(self, *texts: str, answer: Answer = echo, demo: bool = False, prepare: Answer | None = None) -> int:
        if not self.bots:
            self.bots.append(StandIn(self.folder, answer))
        if prepare:
            prepare(self.bot, {})
        files = []
        for number, text in enumerate(texts, 1):
            files.append(self.folder / f"{number}.chat")
            files[-1].write_text(text)
        options = ["--demo", str(self.folder)] if demo else []
        return main(["--socket", self.bot.path, *options, *map(str, files)], sandbox_command())

    def output(self) -> str:
        return "".join(self.capsys.readouterr())
