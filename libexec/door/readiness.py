"""When something that was started can be used.

    file:PATH               the file holds the process id of what was started
    redis:PORT:PASSWORDFILE Redis on 127.0.0.1 answers PING; while it loads its data it does not
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from pathlib import Path

PATIENCE_SECONDS = 1.0


@dataclass(frozen=True)
class Readiness:
    kind: str
    where: str

    @staticmethod
    def of(text: str) -> Readiness:
        kind, _, where = text.partition(":")
        if kind not in ("file", "redis") or not where:
            raise ValueError(f"neither file:PATH nor redis:PORT:PASSWORDFILE: {text}")
        return Readiness(kind, where)

    def holds(self, pid: int) -> bool:
        return file_names(Path(self.where), pid) if self.kind == "file" else redis_answers(self.where)

    def __str__(self) -> str:
        return f"{self.kind}:{self.where}"


def file_names(path: Path, pid: int) -> bool:
    try:
        return path.read_text().strip() == str(pid)
    except FileNotFoundError:
        return False


def redis_answers(where: str) -> bool:
    port, _, password_file = where.partition(":")
    password = Path(password_file).read_text().strip()
    try:
        with socket.create_connection(("127.0.0.1", int(port)), PATIENCE_SECONDS) as connection:
            connection.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            with connection.makefile("rb") as answers:
                return answers.readline() == b"+OK\r\n" and answers.readline() == b"+PONG\r\n"
    except OSError:
        return False
