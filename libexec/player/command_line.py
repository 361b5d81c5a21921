"""What `play` was asked to do, and its exit status: 0 holds, 1 does not, 2 malformed, 3 no environment."""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from player import report
from player.connection import Connection, NoBot
from player.crew_lines import OF_THE_CHAT
from player.fresh import Fresh
from player.parser import parse
from player.player import DoesNotHold, Player
from player.rooms import Rooms
from player.sandbox import NoDemo, Sandbox, default_command
from player.stage import Stage
from player.transcript import Mistake, Transcript

HOLDS, DOES_NOT_HOLD, MALFORMED, NO_ENVIRONMENT = range(4)


def main(arguments: list[str], sandbox_command: list[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    transcripts, mistakes = _read(asked.files)
    if asked.demo is None and not asked.parse_only:
        mistakes += [mistake for each in transcripts for mistake in _only_in_a_demo(each)]
    if mistakes:
        print("\n".join(map(str, mistakes)), file=sys.stderr)
        return MALFORMED
    if asked.settings_out is not None:
        merged = {key: value for each in transcripts for key, value in each.settings.items()}
        asked.settings_out.write_text(json.dumps(merged, indent=2) + "\n")
    if asked.parse_only:
        for each in transcripts:
            print(json.dumps({"file": each.file, "settings": each.settings, "people": each.people()}))
        return HOLDS
    try:
        sandbox = None if asked.demo is None else Sandbox(asked.demo, sandbox_command or default_command())
        return _play_all(transcripts, asked.socket, sandbox)
    except (NoDemo, NoBot) as problem:
        print(f"play: {problem}", file=sys.stderr)
        return NO_ENVIRONMENT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="play", description="Plays conversations; docs/conversations.md tells more.")
    parser.add_argument("--socket", default=".signalbox/state/play.sock", help="where the bot listens (%(default)s)")
    parser.add_argument("--demo", type=Path, metavar="DIR", help="the demo's folder: each file gets a fresh bot there")
    parser.add_argument("--parse-only", action="store_true", help="read the files and print their settings as JSON lines")
    parser.add_argument("--settings-out", type=Path, metavar="FILE", help="write the files' settings for the bot there")
    parser.add_argument("files", nargs="+", metavar="FILE")
    return parser


def _read(files: list[str]) -> tuple[list[Transcript], list[Mistake]]:
    transcripts, mistakes = [], []
    for file in files:
        try:
            transcript, its_mistakes = parse(file, Path(file).read_text(encoding="utf-8"))
        except OSError as error:
            mistakes.append(Mistake(file, 0, f"cannot be read: {error.strerror}"))
        except UnicodeDecodeError as error:
            mistakes.append(Mistake(file, 0, f"is not UTF-8 (at byte {error.start})"))
        else:
            transcripts.append(transcript)
            mistakes += its_mistakes
    return transcripts, mistakes


def _only_in_a_demo(transcript: Transcript) -> list[Mistake]:
    right = "play it with ./signalbox demo --play"
    settings = [
        Mistake(transcript.file, number, f"`@ {key}` sets a bot of its own, and this one is running already; {right}")
        for key, number in transcript.setting_lines.items()
    ]
    crew = [
        Mistake(transcript.file, step.number, f"there is a stage crew only in a demo; {right}")
        for step in transcript.crew()
        if step.verb not in OF_THE_CHAT
    ]
    return settings + crew


def _play_all(transcripts: list[Transcript], socket: str, sandbox: Sandbox | None) -> int:
    held = [_play(each, socket, sandbox) for each in transcripts]
    print(f"{held.count(True)} passed, {held.count(False)} failed", flush=True)
    return HOLDS if all(held) else DOES_NOT_HOLD


def _play(transcript: Transcript, socket: str, sandbox: Sandbox | None) -> bool:
    stage = None
    if sandbox is not None:
        Fresh(sandbox).begin(transcript)
        stage = Stage(sandbox)
    rooms = Rooms()
    player = Player(transcript, Connection(socket, transcript.people(), rooms), rooms, stage)
    begin = time.monotonic()
    try:
        player.connect() if sandbox is not None else player.connection.open()
        player.play()
    except DoesNotHold as problem:
        print(report.failure(player, str(problem)), flush=True)
        return False
    finally:
        player.connection.close()
        if stage is not None:
            stage.tidy()
    print(f"{transcript.file} holds ({len(transcript.steps)} lines, {time.monotonic() - begin:.1f} s)", flush=True)
    return True
