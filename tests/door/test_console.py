"""The terminal on the bot, in a real terminal of its own (a pty) and with a pipe."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from bot_on_a_socket import ScriptedBot

PROJECT = Path(__file__).resolve().parents[2]
CONSOLE = ["/usr/bin/python3", str(PROJECT / "libexec" / "console")]


class Screen:
    """What a person sees: enough of a terminal for the few sequences that the console uses."""

    def __init__(self) -> None:
        self.rows: list[str] = [""]
        self.row = self.column = 0

    def feed(self, text: str) -> None:
        for token in re.findall(r"\x1b\[[0-9;]*[A-Za-z]|.|\n", text, re.DOTALL):
            self._take(token)

    def _take(self, token: str) -> None:
        if token == "\r":
            self.column = 0
        elif token == "\n":
            self.row += 1
            self.rows += [""] * (self.row + 1 - len(self.rows))
        elif token.startswith("\x1b"):
            self._control(token[-1], int(token[2:-1] or 1) if token[2:-1].isdigit() or not token[2:-1] else 1)
        else:
            line = self.rows[self.row].ljust(self.column)
            self.rows[self.row] = line[: self.column] + token + line[self.column + 1 :]
            self.column += 1

    def _control(self, final: str, count: int) -> None:
        if final == "A":
            self.row -= count
        elif final == "C":
            self.column += count
        elif final in "JK":
            self.rows[self.row] = self.rows[self.row][: self.column]
            if final == "J":
                del self.rows[self.row + 1 :]

    @property
    def text(self) -> str:
        return "\n".join(row.rstrip() for row in self.rows)


class Person:
    def __init__(self, socket_path: Path, *arguments: str) -> None:
        self.terminal, inside = pty.openpty()
        fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.before = termios.tcgetattr(inside)
        self.inside = inside
        self.process = subprocess.Popen(
            [*CONSOLE, "--socket", str(socket_path), *arguments],
            stdin=inside,
            stdout=inside,
            stderr=inside,
            env={"TERM": "xterm", "NO_COLOR": "1", "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
        )
        self.screen = Screen()

    def types(self, keys: str) -> None:
        os.write(self.terminal, keys.encode())

    def sees(self, what: str) -> str:
        """Waits until the screen shows it."""
        deadline = time.monotonic() + 10
        while what not in self.screen.text:
            ready, _, _ = select.select([self.terminal], [], [], max(deadline - time.monotonic(), 0))
            assert ready, f"waited for {what!r} and saw:\n{self.screen.text}"
            self.screen.feed(os.read(self.terminal, 65536).decode())
        return self.screen.text

    def leaves(self) -> None:
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(10) == 0


@pytest.fixture
def bot(tmp_path: Path) -> ScriptedBot:
    return ScriptedBot(tmp_path / "play.sock")


@pytest.fixture
def person(bot: ScriptedBot) -> Iterator[Person]:
    person = Person(bot.path)
    person.sees("You are anna")
    yield person
    if person.process.poll() is None:
        person.process.kill()
        person.process.wait()
    os.close(person.terminal)
    os.close(person.inside)


def test_what_is_typed_is_said_as_anna(bot: ScriptedBot, person: Person) -> None:
    person.types("signalbox ping\n")
    said = bot.next("say")
    assert (said["person"], said["room"], said["text"]) == ("anna", "ops", "signalbox ping")


def test_at_this_terminal_the_bots_name_may_be_left_off(bot: ScriptedBot, person: Person) -> None:
    person.types("deploy backend staging\n.ping\n@signalbox who am i\n")
    person.sees("anna › deploy backend staging")
    assert [bot.next("say")["text"] for _ in range(3)] == ["signalbox deploy backend staging", ".ping", "@signalbox who am i"]


def test_a_name_in_front_speaks_as_that_person_and_dm_in_private(bot: ScriptedBot, person: Person) -> None:
    person.types("bert: approve x1\nolga(dm): status\nsignalbox: help\n")
    heard = [bot.next("say") for _ in range(3)]
    assert [(each["person"], each["room"], each["text"]) for each in heard] == [
        ("bert", "ops", "signalbox approve x1"),
        ("olga", "@olga", "signalbox status"),
        ("anna", "ops", "signalbox: help"),
    ]


def test_people_are_introduced_and_a_newcomer_before_their_first_word(bot: ScriptedBot, person: Person) -> None:
    assert bot.next("hello") == {"people": ["anna", "bert", "carla", "olga"]}
    person.types("dave: signalbox help\n")
    assert bot.next("hello") == {"people": ["anna", "bert", "carla", "olga", "dave"]}
    assert bot.next("say")["person"] == "dave"


def test_a_running_message_changes_in_place_and_stays_when_it_is_final(bot: ScriptedBot, person: Person) -> None:
    bot.post("b1", "deploying: task 1", final=False)
    person.sees("deploying: task 1")
    bot.edit("b1", "deploying: task 2", final=False)
    assert "task 1" not in person.sees("deploying: task 2")
    bot.edit("b1", "staged in 40 s")
    seen = person.sees("signalbox › staged in 40 s")
    assert "task 2" not in seen
    assert seen.count("staged in 40 s") == 1


def test_a_long_line_is_broken_between_words_below_its_beginning(bot: ScriptedBot, person: Person) -> None:
    bot.post("b1", "first\n    " + "a word and another " * 8 + "until-here")
    rows = person.sees("until-here").splitlines()
    assert "signalbox › first" in rows
    begun = next(at for at, row in enumerate(rows) if row.startswith(" " * 16 + "a word"))
    assert rows[begun + 1].startswith(" " * 18) and rows[begun + 1].strip().split()[0] in ("a", "word", "and", "another")


def test_what_is_being_typed_survives_messages(bot: ScriptedBot, person: Person) -> None:
    person.types("signalbox dep")
    person.sees("anna › signalbox dep")
    bot.post("b1", "a word in between")
    person.sees("signalbox › a word in between\nanna › signalbox dep")
    person.types("loy\x1b[D\x1b[D\x1b[D\x1b[D\x17un\x05!\n")
    assert bot.next("say")["text"] == "signalbox unploy!"


def test_a_button_is_clicked_by_its_label_on_the_newest_message_that_has_it(bot: ScriptedBot, person: Person) -> None:
    bot.post("b1", "first", buttons=[{"label": "Approve", "value": "one"}])
    bot.post("b2", "second", buttons=[{"label": "Approve", "value": "two"}])
    person.sees("second")
    person.types("carla: [approve]\n")
    clicked = bot.next("click")
    assert (clicked["person"], clicked["message"], clicked["button"]) == ("carla", "b2", "two")
    person.types("carla: [Launch]\n")
    person.sees("there is no button [Launch]")


def test_control_characters_of_a_message_do_not_steer_the_terminal(bot: ScriptedBot, person: Person) -> None:
    bot.post("b1", "red \x1b[31malert\x07 \x1b]0;title\x07")
    assert "red [31malert ]0;title" in person.sees("alert")


def test_what_was_said_while_the_bot_was_gone_is_handed_over_under_the_same_id(bot: ScriptedBot, person: Person) -> None:
    person.types("signalbox ping\n")
    first = bot.next("say")
    bot.die()
    person.sees("the bot is gone")
    person.types("signalbox status\n")
    person.sees("anna › signalbox status")
    bot.listen()
    person.sees("the bot is back")
    again, new = bot.next("say"), bot.next("say")
    assert again["id"] == first["id"]
    assert new["text"] == "signalbox status"


@pytest.mark.parametrize("ending", ["ctrl-c", "ctrl-d", "term"])
def test_the_terminal_is_given_back_as_it_was(bot: ScriptedBot, person: Person, ending: str) -> None:
    if ending == "ctrl-c":
        person.leaves()
    elif ending == "ctrl-d":
        person.types("\x04")
        assert person.process.wait(10) == 0
    else:
        person.process.terminate()
        assert person.process.wait(10) == 143
    assert termios.tcgetattr(person.inside) == person.before


def test_a_pipe_gets_plain_lines_and_ends_when_all_is_at_rest(bot: ScriptedBot) -> None:
    console = subprocess.Popen(
        [*CONSOLE, "--socket", str(bot.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert console.stdin is not None
    console.stdin.write("signalbox deploy backend staging\nsignalbox ping\n")
    console.stdin.close()
    first = bot.next("say")
    bot.post("b1", "running", final=False)
    bot.say(processed=first["id"])
    second = bot.next("say")
    bot.post("b2", "pong")
    bot.say(processed=second["id"])
    bot.say(idle=bot.next("settle"))
    bot.edit("b1", "running on", final=False)
    bot.edit("b1", "staged")
    assert console.stdout is not None
    assert console.stdout.read().splitlines() == [
        "anna: signalbox deploy backend staging",
        "<~ running",
        "anna: signalbox ping",
        "< pong",
        "<~ running on",
        "< staged",
    ]
    assert console.wait(10) == 0


def test_without_a_bot_it_says_what_is_missing(tmp_path: Path) -> None:
    ended = subprocess.run(
        [*CONSOLE, "--socket", str(tmp_path / "none.sock")], stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    assert ended.returncode == 1
    assert "nobody listens" in ended.stderr and "chat.play=on" in ended.stderr
