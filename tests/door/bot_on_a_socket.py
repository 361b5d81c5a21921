"""A scripted bot at the other end of the play socket: what it hears is kept, what it says the test decides."""

from __future__ import annotations

import json
import queue
import socket
import threading
from pathlib import Path
from typing import Any


class ScriptedBot:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.heard: queue.Queue[dict[str, Any]] = queue.Queue()
        self._listener: socket.socket | None = None
        self._connection: socket.socket | None = None
        self._connected = threading.Event()
        self.listen()

    def listen(self) -> None:
        self._connected.clear()
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(str(self.path))
        self._listener.listen(1)
        threading.Thread(target=self._serve, args=(self._listener,), daemon=True).start()

    def _serve(self, listener: socket.socket) -> None:
        connection, _ = listener.accept()
        self._connection = connection
        self._connected.set()
        with connection.makefile("r") as lines:
            for line in lines:
                self.heard.put(json.loads(line))

    def say(self, **message: Any) -> None:
        assert self._connected.wait(10), "nobody connected"
        assert self._connection is not None
        self._connection.sendall(json.dumps(message).encode() + b"\n")

    def post(self, number: str, text: str, **more: Any) -> None:
        self.say(post={"id": number, "room": "ops", "text": text, "final": True, "buttons": [], **more})

    def edit(self, number: str, text: str, **more: Any) -> None:
        self.say(edit={"id": number, "room": "ops", "text": text, "final": True, "buttons": [], **more})

    def next(self, kind: str) -> Any:
        """What the next message of this kind holds; others before it are passed over."""
        while True:
            message = self.heard.get(timeout=10)
            if kind in message:
                return message[kind]

    def die(self) -> None:
        """As by SIGKILL: the connection ends and nobody listens any more."""
        assert self._connected.wait(10)
        assert self._connection is not None and self._listener is not None
        self._connection.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.path.unlink()
