"""The line that is being typed: keys in, finished lines out. It draws nothing."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

ESCAPE = re.compile(r"\x1b(?:\[[0-9;]*[@-~]|O[A-Z]|[^\[O])")
UNFINISHED_ESCAPE = re.compile(r"\x1b(?:\[[0-9;]*|O)?")
END = None


@dataclass
class Editor:
    text: str = ""
    cursor: int = 0
    history: list[str] = field(default_factory=list)
    _back: int = 0
    _pending: str = ""
    _decoder: codecs.IncrementalDecoder = field(default_factory=lambda: codecs.getincrementaldecoder("utf-8")("replace"))

    def type(self, data: bytes) -> Iterator[str | None]:
        """Gives each line that was finished, and None where the person is done."""
        self._pending += self._decoder.decode(data)
        while self._pending:
            key = self._next_key()
            if key is None:
                return
            if key in ("\r", "\n"):
                yield self._finish()
            elif key == "\x04" and not self.text:
                yield END
            elif key in KEYS:
                KEYS[key](self)
            elif key.isprintable():
                self._insert(key)

    def _next_key(self) -> str | None:
        if not self._pending.startswith("\x1b"):
            key, self._pending = self._pending[0], self._pending[1:]
            return key
        matched = ESCAPE.match(self._pending)
        if matched is None:
            # The rest of the key is still to come; what cannot become one is dropped.
            if not UNFINISHED_ESCAPE.fullmatch(self._pending):
                self._pending = self._pending[1:]
            return None
        self._pending = self._pending[matched.end() :]
        return matched.group()

    def _insert(self, characters: str) -> None:
        self.text = self.text[: self.cursor] + characters + self.text[self.cursor :]
        self.cursor += len(characters)

    def _finish(self) -> str:
        line = self.text
        if line.strip() and self.history[-1:] != [line]:
            self.history.append(line)
        self._become("")
        self._back = 0
        return line

    def _become(self, text: str) -> None:
        self.text, self.cursor = text, len(text)

    def _cut(self, start: int, end: int) -> None:
        self.text = self.text[: max(start, 0)] + self.text[end:]
        self.cursor = max(start, 0)

    def _move(self, to: int) -> None:
        self.cursor = min(max(to, 0), len(self.text))

    def _recall(self, step: int) -> None:
        self._back = min(max(self._back + step, 0), len(self.history))
        self._become(self.history[-self._back] if self._back else "")

    def _word_start(self) -> int:
        return len(re.sub(r"\S+\s*$", "", self.text[: self.cursor]))


KEYS: dict[str, Callable[[Editor], None]] = {
    "\x7f": lambda line: line._cut(line.cursor - 1, line.cursor),
    "\x08": lambda line: line._cut(line.cursor - 1, line.cursor),
    "\x1b[3~": lambda line: line._cut(line.cursor, line.cursor + 1),
    "\x15": lambda line: line._cut(0, line.cursor),
    "\x0b": lambda line: line._cut(line.cursor, len(line.text)),
    "\x17": lambda line: line._cut(line._word_start(), line.cursor),
    "\x01": lambda line: line._move(0),
    "\x05": lambda line: line._move(len(line.text)),
    "\x1b[D": lambda line: line._move(line.cursor - 1),
    "\x1b[C": lambda line: line._move(line.cursor + 1),
    "\x1b[A": lambda line: line._recall(1),
    "\x1b[B": lambda line: line._recall(-1),
}
for home, end in (("\x1b[H", "\x1b[F"), ("\x1bOH", "\x1bOF"), ("\x1b[1~", "\x1b[4~")):
    KEYS[home], KEYS[end] = KEYS["\x01"], KEYS["\x05"]
for letter in "ABCD":
    KEYS[f"\x1bO{letter}"] = KEYS[f"\x1b[{letter}"]
