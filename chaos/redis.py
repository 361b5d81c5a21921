"""Redis as it speaks on the wire, in as few words as a campaign and its auditor need."""

from __future__ import annotations

import socket
from typing import BinaryIO

LIMIT = 5.0


class RedisError(Exception):
    """Redis answered, with no."""


class Redis:
    """A connection for each question: Redis is killed and stopped all the time."""

    def __init__(self, port: int, password: str) -> None:
        self._port = port
        self._password = password

    def answers(self) -> bool:
        try:
            return self.ask("PING") == "PONG"
        except (OSError, RedisError):
            return False

    def ask(self, *words: str | int) -> object:
        return self.ask_all([words])[0]

    def ask_all(self, questions: list[tuple[str | int, ...]]) -> list[object]:
        """In one go; raises RedisError at the first that is refused, OSError where Redis is away."""
        with socket.create_connection(("127.0.0.1", self._port), LIMIT) as connection:
            asked = [("AUTH", self._password), *questions]
            connection.sendall(b"".join(_encoded(words) for words in asked))
            with connection.makefile("rb") as stream:
                return [_answer(stream) for _ in asked][1:]


def _encoded(words: tuple[str | int, ...]) -> bytes:
    parts = [str(word).encode() for word in words]
    return b"*%d\r\n" % len(parts) + b"".join(b"$%d\r\n%s\r\n" % (len(part), part) for part in parts)


def _answer(stream: BinaryIO) -> object:
    line = stream.readline()
    if not line.endswith(b"\r\n"):
        raise ConnectionError("Redis closed the connection")
    kind, rest = line[:1], line[1:-2]
    if kind == b"+":
        return rest.decode()
    if kind == b"-":
        raise RedisError(rest.decode())
    if kind == b":":
        return int(rest)
    if kind == b"$":
        return None if rest == b"-1" else stream.read(int(rest) + 2)[:-2].decode("utf-8", "surrogateescape")
    if kind == b"*":
        return None if rest == b"-1" else [_answer(stream) for _ in range(int(rest))]
    raise RedisError(f"an answer of an unknown kind: {line[:50]!r}")
