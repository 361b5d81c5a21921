"""What became of the load's requests; small enough to be written out every second."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

RATIO = 1.05  # of one latency class to the next: a percentile is told to within five in a hundred
FLOOR = 0.1  # milliseconds, the upper end of the first class
KEPT_FAILURES = 20


@dataclass
class Tally:
    requests: Counter[str] = field(default_factory=Counter)  # by kind
    lost: Counter[str] = field(default_factory=Counter)
    versions: Counter[str] = field(default_factory=Counter)
    latency: Counter[int] = field(default_factory=Counter)  # by class
    cuts: Counter[int] = field(default_factory=Counter)  # by long-lived connection
    first_lost: list[dict[str, Any]] = field(default_factory=list)

    def answered(self, kind: str, milliseconds: float, version: str) -> None:
        self.requests[kind] += 1
        self.versions[version] += 1
        self.latency[latency_class(milliseconds)] += 1

    def failed(self, kind: str, second: float, reason: str) -> None:
        self.requests[kind] += 1
        self.lost[kind] += 1
        if len(self.first_lost) < KEPT_FAILURES:
            self.first_lost.append({"kind": kind, "second": round(second, 2), "reason": reason})

    def cut(self, connection: int) -> None:
        self.cuts[connection] += 1

    def report(self) -> dict[str, Any]:
        return {
            "requests": self.requests.total(),
            "lost": self.lost.total(),
            "cut": self.cuts.total(),
            "p50_ms": percentile(self.latency, 0.50),
            "p99_ms": percentile(self.latency, 0.99),
            "by_kind": {kind: {"requests": number, "lost": self.lost[kind]}
                        for kind, number in sorted(self.requests.items())},
            "versions": dict(sorted(self.versions.items())),
            "first_lost": self.first_lost,
            "latency": {str(key): number for key, number in sorted(self.latency.items())},
            "cuts": {str(key): number for key, number in sorted(self.cuts.items())},
        }


def latency_class(milliseconds: float) -> int:
    return max(0, math.ceil(math.log(max(milliseconds, FLOOR) / FLOOR, RATIO)))


def percentile(latency: Mapping[int, int], share: float) -> float:
    """Upper end in milliseconds of the class in which that share is reached; 0 of nothing."""
    wanted = share * sum(latency.values())
    reached = 0
    for key in sorted(latency):
        reached += latency[key]
        if reached >= wanted:
            return float(f"{FLOOR * RATIO ** key:.3g}")
    return 0.0


@dataclass(frozen=True)
class Span:
    """What happened between two reports of one load."""

    requests: int
    lost: int
    cut: int
    cut_most: int  # of the long-lived connection that was cut most often
    p99_ms: float


def between(before: Mapping[str, Any], after: Mapping[str, Any]) -> Span:
    latency = {int(key): number - before["latency"].get(key, 0) for key, number in after["latency"].items()}
    cuts = [number - before["cuts"].get(key, 0) for key, number in after["cuts"].items()]
    return Span(
        requests=after["requests"] - before["requests"],
        lost=after["lost"] - before["lost"],
        cut=after["cut"] - before["cut"],
        cut_most=max(cuts, default=0),
        p99_ms=percentile(latency, 0.99),
    )
