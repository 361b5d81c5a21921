"""The load against servers that do what a bad swap would do."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from sandbox import traffic
from sandbox.traffic import Traffic

BODY = json.dumps({"version": "v1"}).encode()
GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(BODY), BODY)
EVENT = b"5\r\nhello\r\n"
STREAM = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + EVENT
Answer = Callable[[str, asyncio.StreamWriter], Awaitable[None]]


async def good(path: str, writer: asyncio.StreamWriter) -> None:
    if path == "/stream":
        writer.write(STREAM)
        await writer.drain()
        await asyncio.sleep(60)
    writer.write(GOOD)


def load(answer: Answer, tmp_path: Path, until: Callable[[dict[str, Any]], bool], streams: int = 0) -> dict[str, Any]:
    """Lets the load run until its counts are as wished; its last report."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while not writer.is_closing():
                request = (await reader.readuntil(b"\r\n\r\n")).decode()
                await answer(request.split(" ")[1], writer)
                await writer.drain()
                if "Connection: close" in request:
                    writer.close()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def run() -> None:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        running = Traffic("127.0.0.1", port, rate=400, streams=streams)
        task = asyncio.create_task(running.run(tmp_path / "report.json"))
        async with asyncio.timeout(20):
            while not until(running.tally.report()):
                await asyncio.sleep(0.01)
        running.ending.set()
        await asyncio.wait_for(task, 20)
        server.close()

    asyncio.run(run())
    return dict(json.loads((tmp_path / "report.json").read_text()))


@pytest.fixture(autouse=True)
def short_times(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(traffic, "TIMEOUT", 1.0)
    monkeypatch.setattr(traffic, "SLOW_SECONDS", (0,))


def test_counts_whole_answers_and_their_version(tmp_path: Path) -> None:
    report = load(good, tmp_path, lambda so_far: so_far["requests"] >= 100)
    assert (report["lost"], report["running"]) == (0, False)
    assert report["versions"] == {"v1": report["requests"]}
    assert set(report["by_kind"]) == {"kept", "new", "slow"}


@pytest.mark.parametrize(("bad", "reason"), [
    (b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n", "503"),
    (GOOD[:-3], "IncompleteReadError"),
    (b"", "IncompleteReadError"),
    (b"HTTP/1.1 200 OK\r\n\r\nwithout length", "without its length"),
])
def test_anything_less_than_a_whole_answer_is_lost(tmp_path: Path, bad: bytes, reason: str) -> None:
    async def answer(_path: str, writer: asyncio.StreamWriter) -> None:
        writer.write(bad)
        writer.close()

    report = load(answer, tmp_path, lambda so_far: so_far["lost"] >= 10)
    assert report["lost"] == report["requests"]
    assert reason in report["first_lost"][0]["reason"]


def test_a_silent_server_loses_requests(tmp_path: Path) -> None:
    async def answer(_path: str, _writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(60)

    report = load(answer, tmp_path, lambda so_far: so_far["lost"] >= 5)
    assert "TimeoutError" in report["first_lost"][0]["reason"]


def test_an_idle_connection_may_be_closed_but_a_request_on_it_is_not_sent_twice(tmp_path: Path) -> None:
    asked = 0

    async def answer(path: str, writer: asyncio.StreamWriter) -> None:
        nonlocal asked
        asked += 1
        await good(path, writer)
        writer.close()  # after a whole answer: the next request opens a new connection

    report = load(answer, tmp_path, lambda so_far: so_far["requests"] >= 200)
    assert asked == report["requests"] - report["lost"]


def test_a_cut_stream_is_counted_apart_and_made_anew(tmp_path: Path) -> None:
    async def answer(path: str, writer: asyncio.StreamWriter) -> None:
        if path != "/stream":
            return await good(path, writer)
        writer.write(STREAM + EVENT)
        await writer.drain()
        await asyncio.sleep(0.05)
        writer.close()

    report = load(answer, tmp_path, lambda so_far: so_far["cut"] >= 6, streams=2)
    assert report["lost"] == 0
    assert set(report["cuts"]) == {"0", "1"}
    assert report["by_kind"]["stream"]["requests"] >= report["cut"]


def test_a_stream_that_cannot_be_made_is_lost(tmp_path: Path) -> None:
    async def answer(path: str, writer: asyncio.StreamWriter) -> None:
        if path != "/stream":
            return await good(path, writer)
        writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")

    report = load(answer, tmp_path, lambda so_far: so_far["lost"] >= 1, streams=1)
    assert report["cut"] == 0
    assert report["first_lost"][0]["kind"] == "stream"
