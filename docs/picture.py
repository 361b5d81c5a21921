#!/usr/bin/env python3
"""Draws a recorded session of the demo's console as SVG: the lines as they stand on the screen at its end.

    script -q -O session.raw -c './signalbox demo'                                        (type, then Ctrl-C)
    docs/picture.py session.raw --moment 'stage 5/6' --from 'anna › signalbox deploy' --to 'It needs another' \\
        >docs/terminal.svg

Of what a running command showed before it was drawn over, each --moment keeps the first screen that holds its text.
--from and --to name the first line to be drawn and the last; --columns is the width at which lines are broken.
"""

from __future__ import annotations

import argparse
import re
import sys
import textwrap
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

PART = re.compile(r"\x1b\[(?P<number>[0-9;]*)(?P<order>[A-Za-z])|(?P<sign>[\r\n])|(?P<text>[^\x1b\r\n]+)")
CHARACTER, LINE, GAP, MARGIN, BAR = 7.9, 18, 8, 16, 30
SAID = "1"
INK = {"": "#24292f", SAID: "#0b6b37", "2": "#6e7781", "34": "#0550ae"}
STYLE = {SAID: ' font-weight="bold"', "34": ' font-weight="bold"'}

Piece = tuple[str, str]


def plain(row: list[Piece]) -> str:
    return "".join(text for _, text in row)


@dataclass
class Screen:
    """As much of a terminal as the console uses: it only ever draws over whole rows from some row to the end."""

    moments: list[str]
    rows: list[list[Piece]] = field(default_factory=lambda: [[]])
    row: int = 0
    colour: str = ""

    def take(self, transcript: str) -> None:
        for part in PART.finditer(transcript):
            if part["text"]:
                self.rows[self.row].append((self.colour, part["text"]))
            elif part["sign"] == "\n":
                self.row += 1
                if self.row == len(self.rows):
                    self.rows.append([])
            elif part["order"] == "A":
                self.row = max(0, self.row - int(part["number"] or 1))
            elif part["order"] == "J":
                self._draw_over()
            elif part["order"] == "K":
                self.rows[self.row] = []
            elif part["order"] == "m":
                self.colour = "" if part["number"] == "0" else part["number"]

    def _draw_over(self) -> None:
        gone, self.rows = self.rows[self.row :], [*self.rows[: self.row], []]
        for moment in self.moments:
            if any(moment in plain(row) for row in gone):
                self.moments.remove(moment)
                running = [row for row in gone if row and row[0][0] == "2"]
                self.rows[self.row :] = [*running, []]
                self.row += len(running)
                break


def broken(row: list[Piece], columns: int) -> list[list[Piece]]:
    """The row in lines of the picture; what does not fit goes on below its own beginning."""
    text = plain(row)
    if len(text) <= columns or not row:
        return [row]
    *head, (colour, last) = row
    taken = len(plain(head))
    indent = " " * max(12, len(text) - len(text.lstrip()))
    lines = textwrap.wrap(last, columns, initial_indent=" " * taken, subsequent_indent=indent, drop_whitespace=True)
    own = len(last) - len(last.lstrip())
    first = [*head, (colour, last[:own] + lines[0].lstrip())]
    return [first, *([(colour, line)] for line in lines[1:])]


def place_of(text: str, rows: list[list[Piece]], start: int) -> int:
    for at in range(start, len(rows)):
        if text in plain(rows[at]):
            return at
    sys.exit(f"no line of the session holds {text!r}")


def svg(rows: list[list[Piece]], columns: int) -> str:
    gaps = [GAP if at and row[0][0] == SAID else 0 for at, row in enumerate(rows)]
    width, height = columns * CHARACTER + 2 * MARGIN, len(rows) * LINE + sum(gaps) + BAR + 2 * MARGIN - 6
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" width="{width:.0f}" height="{height}"'
        ' role="img" aria-label="A session with Signalbox in a terminal">',
        f'<rect x="0.5" y="0.5" width="{width - 1:.0f}" height="{height - 1}" rx="8" fill="#ffffff" stroke="#d0d7de"/>',
        f'<path d="M0.5 {BAR}H{width - 0.5:.1f}" stroke="#d0d7de"/>',
        *(f'<circle cx="{18 + 18 * at}" cy="15" r="5.5" fill="#d0d7de"/>' for at in range(3)),
        '<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,\'DejaVu Sans Mono\',monospace" font-size="13"'
        ' xml:space="preserve">',
    ]
    for at, row in enumerate(rows):
        y, column = BAR + MARGIN + 9 + at * LINE + sum(gaps[: at + 1]), 0
        for colour, text in row:
            shown = text.strip(" ")
            if shown:
                x = MARGIN + (column + len(text) - len(text.lstrip(" "))) * CHARACTER
                drawn.append(
                    f'<text x="{x:.1f}" y="{y}" textLength="{len(shown) * CHARACTER:.1f}" fill="{INK[colour]}"'
                    f"{STYLE.get(colour, '')}>{escape(shown)}</text>"
                )
            column += len(text)
    return "\n".join([*drawn, "</g>", "</svg>", ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("transcript", type=Path)
    parser.add_argument("--moment", action="append", default=[])
    parser.add_argument("--from", dest="first", default="")
    parser.add_argument("--to", dest="last", default="")
    parser.add_argument("--columns", type=int, default=120)
    asked = parser.parse_args()
    screen = Screen(asked.moment)
    screen.take(asked.transcript.read_bytes().decode())
    if screen.moments:
        sys.exit(f"the session never showed {screen.moments[0]!r}")
    rows = [row for row in screen.rows if plain(row).strip()]
    first = place_of(asked.first, rows, 0) if asked.first else 0
    last = place_of(asked.last, rows, first) if asked.last else len(rows) - 1
    kept = rows[first : last + 1]
    lines = [line for row in kept for line in broken(row, asked.columns)]
    print(svg(lines, asked.columns), end="")


if __name__ == "__main__":
    main()
