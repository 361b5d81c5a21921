"""What a person reads of a play: that it holds, or where it does not and what was said instead."""

from __future__ import annotations

from player.player import Player
from player.rooms import Heard
from player.transcript import Expect, Refute

LAST_TEXTS = 8


def failure(player: Player, reason: str) -> str:
    """The transcript so far with the line marked, then the room's last texts."""
    step, transcript = player.step, player.transcript
    parts = [f"{transcript.file}:{step.number}: {reason}", ""]
    parts += [
        f"{'>' if number == step.number else ' '} {number:4} {source}"
        for number, source in enumerate(transcript.source[: step.number], 1)
    ]
    if player.bound:
        parts += ["", *(f"    {{{name}}} is {value}" for name, value in player.bound.items())]
    room = player.rooms[step.room]
    # A text that was read before explains a lot as well, so all of them are shown and the unread ones marked.
    parts += ["", f"The last texts in {step.room}" + (" (* not yet read by the conversation):" if room.heard else ": none")]
    first = max(0, len(room.heard) - LAST_TEXTS)
    looks = isinstance(step, Expect | Refute)
    for index, version in enumerate(room.heard[first:], first):
        unread = looks and not version.by_person and index >= room.position
        parts += _shown(version, "*" if unread else " ")
    return "\n".join(parts)


def _shown(version: Heard, marker: str) -> list[str]:
    state = "" if version.final else " (still being edited)"
    buttons = "".join(f" [{label}]" for label, _ in version.buttons)
    first, *rest = (version.text + buttons).split("\n")
    return [f"{marker} {version.speaker}{state}: {first}", *(f"      {line}" for line in rest)]
