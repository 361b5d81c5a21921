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
            return {"refused": f"the builder cannot be reached at {path}: {why}. Is signalbox-release.socket started, and is this the bot's account?"}
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
    """In a run it belongs into the run's output, which people may follow; by hand to the terminal."""

    def __init__(self) -> None:
        self._file = None
        run = os.environ.get("SIGNALBOX_RUN")
        if run:
            try:
                self._file = open(os.path.join(run, "output.log"), "a", encoding="utf-8")  # noqa: SIM115
            except OSError as error:
                print(f"signalbox-release: {run}/output.log: {error.strerror}", file=sys.stderr)

    def __enter__(self) -> _Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def tell(self, text: str) -> None:
        print(text, file=self._file or sys.stderr, flush=True)
