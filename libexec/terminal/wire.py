"""The play socket: lines of JSON, and nothing lost when the bot goes away and comes back."""

from __future__ import annotations

import json
import socket
import time
import uuid
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Wire:
    """What was said and not yet heard is said again, under the same id, after the bot came back: it acts once."""

    path: str
    people: list[str]
    connection: socket.socket | None = None
    unheard: dict[str, dict[str, Any]] = field(default_factory=dict)
    _received: bytes = b""

    def connect(self) -> bool:
        attempt = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            attempt.connect(self.path)
        except (FileNotFoundError, ConnectionRefusedError):
            attempt.close()
            return False
        self.connection, self._received = attempt, b""
        self._send({"hello": {"people": self.people}})
        for message in self.unheard.values():
            self._send(message)
        return self.connection is not None

    def send(self, kind: str, content: dict[str, Any]) -> str:
        """Says or clicks; gives the message's id."""
        person = content["person"]
        if person not in self.people:
            self.people.append(person)
            self._send({"hello": {"people": self.people}})
        message_id = uuid.uuid4().hex
        message = {kind: {"id": message_id, **content, "at": int(time.time() * 1000)}}
        self.unheard[message_id] = message
        self._send(message)
        return message_id

    def settle(self, number: int) -> None:
        self._send({"settle": number})

    def receive(self) -> list[dict[str, Any]]:
        """What has come; afterwards there may be no connection any more."""
        if self.connection is None:
            return []
        try:
            chunk = self.connection.recv(65536)
        except ConnectionResetError:
            chunk = b""
        if not chunk:
            self._lost()
            return []
        *lines, self._received = (self._received + chunk).split(b"\n")
        messages = [json.loads(line) for line in lines if line.strip()]
        for message in messages:
            self.unheard.pop(message.get("heard", ""), None)
        return messages

    def _send(self, message: dict[str, Any]) -> None:
        if self.connection is None:
            return
        try:
            self.connection.sendall(json.dumps(message, ensure_ascii=False).encode() + b"\n")
        except (BrokenPipeError, ConnectionResetError):
            self._lost()

    def _lost(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.connection = None
