"""The builder's side of one connection: an order comes in as one line, lines go out, the last one says how it ended."""

from __future__ import annotations

import json
import select
import socket

from release.refused import Refused

_LONGEST_ORDER = 65_536
_PATIENCE = 10.0
_MOST_LINES = 20_000
_LONGEST_LINE = 500


class Talk:
    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self._said = 0
        self._hears = True

    def order(self) -> dict:
        self.connection.settimeout(_PATIENCE)
        received = b""
        try:
            while not received.endswith(b"\n"):
                part = self.connection.recv(_LONGEST_ORDER)
                received += part
                if not part or len(received) > _LONGEST_ORDER:
                    raise Refused(f"an order is one line of JSON of at most {_LONGEST_ORDER} bytes")
            order = json.loads(received)
        except TimeoutError as error:
            raise Refused(f"no order came within {_PATIENCE:g} s") from error
        except ValueError as error:
            raise Refused(f"the order is no JSON: {error}") from error
        if not isinstance(order, dict) or not isinstance(order.get("order"), str):
            raise Refused('the order is no JSON object, as in {"order": "look", "link": "current"}')
        return order

    def say(self, text: str) -> None:
        """Progress, as far as anybody wants to read it."""
        self._said += 1
        if self._said == _MOST_LINES:
            text = f"… more than {_MOST_LINES} lines; the rest is left out"
        if self._said <= _MOST_LINES:
            self._send({"say": plain(text)})

    def end(self, record: dict) -> None:
        self._send(record)

    def is_alone(self) -> bool:
        """Whether the other side has gone away."""
        if self._hears and select.select([self.connection], [], [], 0)[0]:
            try:
                self._hears = self.connection.recv(1, socket.MSG_PEEK) != b""
            except OSError:
                self._hears = False
        return not self._hears

    def _send(self, record: dict) -> None:
        if not self._hears:
            return
        try:
            self.connection.sendall(json.dumps(record).encode() + b"\n")
        except OSError:
            self._hears = False  # the order is carried out all the same; a build looks whether it is alone


def plain(text: str) -> str:
    """What a build says may hold whatever a terminal or a chat would take for more than words."""
    shown = "".join(each if each.isprintable() else " " for each in text[:_LONGEST_LINE])
    return shown + "…" if len(text) > _LONGEST_LINE else shown
