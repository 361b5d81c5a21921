from __future__ import annotations

import json

import pytest

from sandbox.tally import RATIO, Tally, between, percentile


def test_tells_percentiles_within_one_class() -> None:
    tally = Tally()
    for milliseconds in range(1, 101):
        tally.answered("kept", milliseconds, "v1")
    assert tally.report()["p50_ms"] == pytest.approx(50, rel=RATIO - 1 + 0.01)
    assert tally.report()["p99_ms"] == pytest.approx(99, rel=RATIO - 1 + 0.01)


def test_of_nothing_every_percentile_is_zero() -> None:
    assert percentile({}, 0.99) == 0.0


def test_counts_lost_requests_among_the_requests_and_keeps_why() -> None:
    tally = Tally()
    tally.answered("kept", 1, "v1")
    tally.failed("slow", 3.14159, "answered 'HTTP/1.1 503 Service Unavailable'")
    report = tally.report()
    assert (report["requests"], report["lost"]) == (2, 1)
    assert report["by_kind"] == {"kept": {"requests": 1, "lost": 0}, "slow": {"requests": 1, "lost": 1}}
    assert report["first_lost"] == [
        {"kind": "slow", "second": 3.14, "reason": "answered 'HTTP/1.1 503 Service Unavailable'"}
    ]


def test_tells_what_happened_between_two_reports() -> None:
    tally = Tally()
    tally.answered("kept", 1000, "v1")
    tally.cut(0)
    before = json.loads(json.dumps(tally.report()))
    tally.answered("kept", 10, "v2")
    tally.failed("new", 1, "refused")
    for connection in (0, 0, 1):
        tally.cut(connection)
    span = between(before, json.loads(json.dumps(tally.report())))
    assert (span.requests, span.lost, span.cut, span.cut_most) == (2, 1, 3, 2)
    assert span.p99_ms == pytest.approx(10, rel=0.06)
