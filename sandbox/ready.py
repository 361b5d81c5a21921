"""How to see that a program is ready: it listens, or it has written its pid into a file."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from pathlib import Path

from sandbox.trouble import Trouble


@dataclass(frozen=True)
class Ready:
    tcp: tuple[str, int] | None = None
    file: Path | None = None

    @staticmethod
    def parse(said: dict[str, str]) -> Ready:
        if set(said) == {"tcp"}:
            host, _, port = said["tcp"].rpartition(":")
            if host and port.isdigit():
                return Ready(tcp=(host, int(port)))
        elif set(said) == {"file"}:
            return Ready(file=Path(said["file"]))
        raise Trouble(f'ready is {said}; right would be {{"tcp": "127.0.0.1:9092"}} or {{"file": "/path/of/ready"}}')

    def reached(self, pid: int) -> bool:
        """By that very process: a file that one before it left behind does not count."""
        if self.tcp is not None:
            return _listens(self.tcp)
        assert self.file is not None
        try:
            return self.file.read_text().strip() == str(pid)
        except FileNotFoundError:
            return False


def _listens(address: tuple[str, int]) -> bool:
    try:
        socket.create_connection(address, timeout=1).close()
    except OSError:
        return False
    return True
