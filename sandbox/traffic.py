"""The load itself, run inside the sandbox: requests at a fixed rate, whatever becomes of those before them.

Kinds: `kept` on connections that are used again, `new` on one of its own, `slow` ones of a few seconds, and
beside the rate some long-lived streams. Nothing is sent twice. A request is lost when it does not get its whole
answer; a stream that ends is cut, and must get a new one at once.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import signal
import time
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

from sandbox.http_client import Connection, Lost
from sandbox.tally import Tally

# Of twenty requests: which are what. Slow ones take less than the time for which a leaving instance is drained.
PATTERN = ("kept", "new", "kept", "kept", "new", "kept", "kept", "new", "kept", "slow",
           "kept", "new", "kept", "kept", "new", "kept", "kept", "new", "kept", "new")
SLOW_SECONDS = (2, 3, 4)
TIMEOUT = 10.0  # seconds beyond what was asked for
SILENCE = 10.0  # seconds without an event, of which a stream has two in a second
BROKEN = (Lost, OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError, ValueError)


@dataclass
class Traffic:
    host: str
    port: int
    rate: float
    streams: int
    tally: Tally = field(default_factory=Tally)
    idle: deque[Connection] = field(default_factory=deque)
    under_way: set[asyncio.Task[None]] = field(default_factory=set)
    begun: float = 0.0
    ending: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self, report: Path) -> None:
        self.begun = time.monotonic()
        streams = [asyncio.create_task(self._stream(number)) for number in range(self.streams)]
        reporting = asyncio.create_task(self._report(report))
        await self._requests()
        if self.under_way:
            await asyncio.wait(self.under_way, timeout=TIMEOUT + max(SLOW_SECONDS))
        for task in (*streams, reporting, *self.under_way):
            task.cancel()
        write(report, self.state(running=False))

    def state(self, running: bool) -> dict[str, object]:
        return {"running": running, "seconds": round(time.monotonic() - self.begun, 1), **self.tally.report()}

    async def _requests(self) -> None:
        slow = itertools.cycle(SLOW_SECONDS)
        for number, kind in enumerate(itertools.cycle(PATTERN)):
            due = self.begun + number / self.rate
            wait = due - time.monotonic()
            if wait > 0:
                await asyncio.sleep(wait)
            if self.ending.is_set():
                return
            task = asyncio.create_task(self._request(kind, next(slow) if kind == "slow" else 0, due))
            self.under_way.add(task)
            task.add_done_callback(self.under_way.discard)

    async def _request(self, kind: str, seconds: int, due: float) -> None:
        path = f"/slow?seconds={seconds}" if seconds else "/"
        keep = kind == "kept"
        connection = None
        try:
            async with asyncio.timeout(TIMEOUT + seconds):
                connection = self._idle() if keep else None
                if connection is None:
                    connection = await Connection.open(self.host, self.port)
                version = json.loads(await connection.get(self.host, path, keep))["version"]
        except BROKEN as error:
            self.tally.failed(kind, time.monotonic() - self.begun, f"{type(error).__name__}: {error}")
        else:
            # From when it was due: a late one counts as long as somebody would have waited for it.
            self.tally.answered(kind, (time.monotonic() - due - seconds) * 1000, version)
        if connection is not None:
            if connection.usable():
                self.idle.append(connection)
            else:
                connection.close()

    def _idle(self) -> Connection | None:
        while self.idle:
            connection = self.idle.popleft()  # the one that was idle longest, so that none ages
            if connection.usable():
                return connection
            connection.close()
        return None

    async def _stream(self, number: int) -> None:
        while True:
            connection, heard = None, False
            try:
                async with asyncio.timeout(TIMEOUT):
                    connection = await Connection.open(self.host, self.port)
                chunks = connection.stream(self.host, "/stream")
                while True:
                    async with asyncio.timeout(SILENCE):
                        await anext(chunks)
                    if not heard:
                        self.tally.requests["stream"] += 1
                    heard = True
            except (*BROKEN, StopAsyncIteration) as error:
                if heard:
                    self.tally.cut(number)
                else:
                    self.tally.failed("stream", time.monotonic() - self.begun, f"{type(error).__name__}: {error}")
                    await asyncio.sleep(0.5)  # where nothing answers, asking faster says nothing new
            finally:
                if connection is not None:
                    connection.close()

    async def _report(self, file: Path) -> None:
        while True:
            write(file, self.state(running=True))
            await asyncio.sleep(1)


def write(file: Path, content: dict[str, object]) -> None:
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(content) + "\n")
    os.replace(fresh, file)


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, default=80)
    parser.add_argument("--rate", type=float, required=True)
    parser.add_argument("--streams", type=int, required=True)
    parser.add_argument("--report", type=Path, required=True)
    said = parser.parse_args()
    traffic = Traffic(said.host, said.port, said.rate, said.streams)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, traffic.ending.set)
    await traffic.run(said.report)


if __name__ == "__main__":
    asyncio.run(main())
