"""Stands between the bot and Redis and ends the bot at one exact commit: before Redis has it, or before the bot knows."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Match = Callable[[dict[str, Any]], bool]


@dataclass
class Blow:
    """Waits for the commit that matches; `after` is whether Redis still gets it."""

    match: Match
    after: bool
    struck: threading.Event


class Proxy:
    def __init__(self, redis_port: int, kill: Callable[[], None]) -> None:
        self._redis_port = redis_port
        self._kill = kill
        self._blow: Blow | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        self.port: int = self._server.sockets[0].getsockname()[1]

    async def _listen(self) -> asyncio.Server:
        return await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=1 << 24)

    def arm(self, match: Match, after: bool) -> threading.Event:
        """The event is set when the bot is dead."""
        blow = Blow(match, after, threading.Event())
        self._loop.call_soon_threadsafe(setattr, self, "_blow", blow)
        return blow.struck

    async def _serve(self, bot: asyncio.StreamReader, to_bot: asyncio.StreamWriter) -> None:
        redis, to_redis = await asyncio.open_connection("127.0.0.1", self._redis_port, limit=1 << 24)
        try:
            while True:
                words, request = await read_request(bot)
                blow = self._due(words)
                if blow is not None and not blow.after:
                    return self._strike(blow)
                to_redis.write(request)
                reply = await read_reply(redis)
                if blow is not None and b'"committed"' in reply:
                    return self._strike(blow)
                to_bot.write(reply)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            to_redis.close()
            to_bot.close()

    def _due(self, words: list[bytes]) -> Blow | None:
        if self._blow is None or words[0].upper() not in (b"EVAL", b"EVALSHA"):
            return None
        try:
            commit = json.loads(words[-1])
        except ValueError:
            return None
        is_commit = isinstance(commit, dict) and "parts" in commit
        return self._blow if is_commit and self._blow.match(commit) else None

    def _strike(self, blow: Blow) -> None:
        """Nothing else of the bot gets through while it dies: this runs on the loop that all its connections share."""
        if blow is self._blow:
            self._blow = None
            self._kill()
            blow.struck.set()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._server.close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)


async def read_request(bot: asyncio.StreamReader) -> tuple[list[bytes], bytes]:
    """An array of bulk strings, as clients send them: its words, and as it came."""
    raw = await bot.readuntil(b"\r\n")
    words = []
    for _ in range(int(raw[1:])):
        head = await bot.readuntil(b"\r\n")
        body = await bot.readexactly(int(head[1:]) + 2)
        words.append(body[:-2])
        raw += head + body
    return words, raw


async def read_reply(redis: asyncio.StreamReader) -> bytes:
    head = await redis.readuntil(b"\r\n")
    kind, rest = head[:1], head[1:-2]
    if kind in b"$=!" and int(rest) >= 0:
        return head + await redis.readexactly(int(rest) + 2)
    if kind in b"*~>%" and int(rest) > 0:
        count = int(rest) * (2 if kind == b"%" else 1)
        return head + b"".join([await read_reply(redis) for _ in range(count)])
    return head
