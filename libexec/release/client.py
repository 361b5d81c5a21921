"""Hands one order to the builder, and what comes of it to whoever asked."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Iterator

SOCKET = "/run/signalbox/release.sock"
VARIABLE = "SIGNALBOX_RELEASE_SOCKET"


def order(record: dict) -> dict:
    """{"done": …} or {"refused": …}; what is said meanwhile is told on the way."""
    path = os.environ.get(VARIABLE) or SOCKET
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        try:
            connection.connect(path)
            connection.sendall(json.dumps(record).encode() + b"\n")
        except OSError as error:
            why = error.strerror or error
            ask = "Is signalbox-release.socket started, and is this the bot's account?"
            return {"refused": f"the builder cannot be reached at {path}: {why}. {ask}"}
        try:
            return _answer(connection)
        except (OSError, ValueError) as error:
            return {"refused": f"the builder's answer broke off: {error}. Its journal says more; say the order again."}


def _answer(connection: socket.socket) -> dict:
    with _Progress() as progress:
        for record in _records(connection):
            if "say" in record:
                progress.tell(record["say"])
            elif "done" in record or "refused" in record:
                return record
    return {"refused": "the builder went away without an answer; its journal says more. Say the order again: what was begun is made anew."}


def _records(connection: socket.socket) -> Iterator[dict]:
    with connection.makefile("rb") as lines:
        for line in lines:
            record = json.loads(line)
            if not isinstance(record, dict):
                raise ValueError("a line of it is no JSON object")
            yield record


class _Progress:
    """In a run it belongs into the run's output, which people may follow; by hand to the terminal. Lost, it stops nothing."""

    def __init__(self) -> None:
        run = os.environ.get("SIGNALBOX_RUN")
        self._where = os.path.join(run, "output.log") if run else "stderr"
        try:
            self._descriptor = os.open(self._where, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600) if run else os.dup(2)
        except OSError as error:
            self._give_up(error)

    def __enter__(self) -> _Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)

    def tell(self, text: str) -> None:
        if self._descriptor is not None:
            try:
                os.write(self._descriptor, text.encode() + b"\n")
            except OSError as error:
                os.close(self._descriptor)
                self._give_up(error)

    def _give_up(self, error: OSError) -> None:
        self._descriptor: int | None = None
        print(f"signalbox-release: {self._where}: {error.strerror}; what the builder says is not kept", file=sys.stderr)
