"""Asks for a small change until it is done: then the bot is of use again."""

from __future__ import annotations

import time

from chaos.company import PROBER
from chaos.line import Line, Transcript
from chaos.place import Place

# One probe may be swallowed by what is broken; the next is said then.
PATIENCE = 3.0
BETWEEN = 0.25


class Prober:
    def __init__(self, place: Place, transcript: Transcript) -> None:
        self._place = place
        self._transcript = transcript
        self._count = 0

    def until_of_use(self, limit: float) -> float | None:
        """Seconds from now to the first probe that was done; None where none was within the limit."""
        begin = time.monotonic()
        answers: dict[str, str] = {}

        def hear(post: dict) -> None:
            if post["final"] and post["room"].startswith("probe-"):
                answers[post["room"]] = post["text"]

        line = Line(self._place.socket, [PROBER], self._transcript, hear)
        try:
            while time.monotonic() - begin < limit:
                if line.keep_open():
                    self._count += 1
                    room = f"probe-{self._count}"
                    line.say(PROBER, room, "signalbox probe")
                    line.wait(lambda said_in=room: _is_over(answers.get(said_in, "")), PATIENCE)
                    if any(_is_done(text) for text in answers.values()):
                        return time.monotonic() - begin
                line.listen(BETWEEN)
            return None
        finally:
            line.close()


def _is_done(text: str) -> bool:
    return text.startswith("✓")


def _is_over(text: str) -> bool:
    """Its end, or a no; the living message of a run is final when it says that the run is over, just before its end."""
    return bool(text) and not text.startswith("`probe`")
