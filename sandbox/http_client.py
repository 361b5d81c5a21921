"""An HTTP/1.1 client that sends each request once: libraries quietly send again, which would hide what was lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass


class Lost(Exception):
    """The request did not get its whole answer."""


@dataclass
class Connection:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    reusable: bool = True

    @staticmethod
    async def open(host: str, port: int) -> Connection:
        return Connection(*await asyncio.open_connection(host, port))

    def usable(self) -> bool:
        """False when the other side has closed it while it was idle, which it may."""
        return self.reusable and not self.reader.at_eof() and not self.writer.is_closing()

    def close(self) -> None:
        self.writer.close()

    async def get(self, host: str, path: str, keep: bool = True) -> bytes:
        """The body of a 200 answer."""
        headers = await self._ask(host, path, keep)
        try:
            length = int(headers["content-length"])
        except (KeyError, ValueError):
            raise Lost("an answer without its length") from None
        body = await self.reader.readexactly(length)
        self.reusable = keep and headers.get("connection", "").lower() != "close"
        return body

    async def stream(self, host: str, path: str) -> AsyncIterator[bytes]:
        """The chunks of a 200 answer; ends after the last one, raises when cut before."""
        headers = await self._ask(host, path, True)
        if headers.get("transfer-encoding", "").lower() != "chunked":
            raise Lost("a stream that is not chunked")
        while True:
            size = int(await self.reader.readuntil(b"\r\n"), 16)
            chunk = await self.reader.readexactly(size + 2)
            if size == 0:
                return
            yield chunk[:-2]

    async def _ask(self, host: str, path: str, keep: bool) -> dict[str, str]:
        self.reusable = False  # until the answer is complete
        close = "" if keep else "Connection: close\r\n"
        self.writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{close}\r\n".encode())
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status = head[0].split(" ", 2)
        if len(status) < 2 or status[1] != "200":
            raise Lost(f"answered {head[0]!r}")
        pairs = (line.split(":", 1) for line in head[1:] if ":" in line)
        return {name.strip().lower(): value.strip() for name, value in pairs}
