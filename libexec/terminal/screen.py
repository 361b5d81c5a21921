"""Two ways to show it: a terminal where running messages change in place above the line being typed, and plain lines."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
import unicodedata
from dataclasses import dataclass, field

from terminal.posts import Post

BOLD, DIM, BLUE, PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[34m", "\x1b[0m"
UNPRINTABLE = {code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if code not in (0x09, 0x0A)}
PROMPT = " › "
HANGING = len("signalbox" + PROMPT)


def harmless(text: str) -> str:
    """Control characters of a message must not steer the terminal."""
    return text.translate(UNPRINTABLE).replace("\t", "    ")


def lines_of(post: Post, usual_room: str) -> list[str]:
    lines = harmless(post.text).splitlines() or [""]
    if post.buttons:
        lines.append("  ".join(f"[{harmless(label)}]" for label, _ in post.buttons))
    if post.room != usual_room:
        lines[0] = f"({post.room}) {lines[0]}"
    return lines


def columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def fitting(text: str, room: int) -> str:
    used = 0
    for at, character in enumerate(text):
        used += columns(character)
        if used > room:
            return text[: max(at - 1, 0)] + "…"
    return text


def wrapped(line: str, width: int) -> list[str]:
    """Broken between words; what goes on stands a little deeper. A word longer than the terminal is left to it."""
    deeper = " " * (len(line) - len(line.lstrip()) + 2)
    return textwrap.wrap(line, max(width, 20), subsequent_indent=deeper, break_long_words=False, break_on_hyphens=False) or [""]


@dataclass
class Terminal:
    """Keeps the running messages and the line being typed at the bottom; all else scrolls away above them."""

    usual_room: str
    speaker: str
    colours: bool
    _rows: int = 0
    _changing: list[Post] = field(default_factory=list)
    _text: str = ""
    _cursor: int = 0

    def note(self, *lines: str) -> None:
        self._draw([self._paint(DIM, line) for line in lines])

    def said(self, person: str, words: str) -> None:
        self._draw([self._paint(BOLD, person) + PROMPT + harmless(words)])

    def shown(self, post: Post) -> None:
        width = shutil.get_terminal_size().columns - 1 - HANGING
        first, *others = [row for line in lines_of(post, self.usual_room) for row in wrapped(line, width)]
        self._draw([self._paint(BLUE, "signalbox") + PROMPT + first, *(" " * HANGING + line for line in others)])

    def changing(self, posts: list[Post]) -> None:
        self._changing = posts
        self._draw([])

    def typing(self, text: str, cursor: int) -> None:
        self._text, self._cursor = text, cursor
        self._draw([])

    def close(self) -> None:
        self._changing, self._text, self._cursor = [], "", 0
        self._draw([])
        self._write("\r\x1b[K")

    def _draw(self, lasting: list[str]) -> None:
        size = shutil.get_terminal_size()
        rows = [
            self._paint(DIM, fitting(("  ⋮ " if at == 0 else "    ") + line, size.columns - 1))
            for post in self._changing
            for at, line in enumerate(lines_of(post, self.usual_room))
        ][-max(size.lines - 3, 1) :]
        erase = "\r" + (f"\x1b[{self._rows}A" if self._rows else "") + "\x1b[J"
        self._rows = len(rows)
        self._write(erase + "".join(line + "\n" for line in (*lasting, *rows)) + self._prompt(size.columns))

    def _prompt(self, width: int) -> str:
        head = self.speaker + PROMPT
        room = width - len(head) - 1
        # A line longer than the terminal shows the part around the cursor.
        start = max(0, self._cursor - room)
        before, after = self._text[start : self._cursor], self._text[self._cursor :]
        while sum(map(columns, before)) > room:
            before = before[1:]
        used = len(head) + sum(map(columns, before))
        return self._paint(BOLD, self.speaker) + PROMPT + before + fitting(after, width - used - 1) + f"\r\x1b[{used}C"

    def _paint(self, colour: str, text: str) -> str:
        return f"{colour}{text}{PLAIN}" if self.colours else text

    def _write(self, text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()


@dataclass
class Lines:
    """For a file or a pipe: each change of a running message is a line of its own, nothing is drawn over."""

    usual_room: str
    _last: dict[str, str] = field(default_factory=dict)

    def note(self, *lines: str) -> None:
        for line in lines:
            print(line, file=sys.stderr, flush=True)

    def said(self, person: str, words: str) -> None:
        print(f"{person}: {harmless(words)}", flush=True)

    def shown(self, post: Post) -> None:
        self._print("<", post)

    def changing(self, posts: list[Post]) -> None:
        for post in posts:
            if self._last.get(post.id) != post.text:
                self._last[post.id] = post.text
                self._print("<~", post)

    def typing(self, text: str, cursor: int) -> None:
        """Nobody types here."""

    def close(self) -> None:
        """Nothing was drawn that would have to go."""

    def _print(self, sign: str, post: Post) -> None:
        for line in lines_of(post, self.usual_room):
            print(sign, line, flush=True)


def screen(usual_room: str, speaker: str) -> Terminal | Lines:
    if sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb":
        return Terminal(usual_room, speaker, colours="NO_COLOR" not in os.environ)
    return Lines(usual_room)
