"""The balancer's configuration. It never sends a request twice: that would hide what a swap loses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from sandbox.pools import Check, Pool, Shape
from sandbox.slots import COUNT, Slots
from sandbox.trouble import Trouble

# Seconds. AWS asks every five at best, which is no pleasure to wait for; what is well is asked less often.
FASTEST_CHECK, STEADY_CHECK = 0.5, 2.0


def render(shape: Shape, slots: Mapping[str, Slots], socket: Path) -> str:
    lines = [
        "global",
        f"  stats socket {socket} mode 600 level admin expose-fd listeners",
        "  log stdout format raw local0",
        "  maxconn 4000",
        "  nbthread 1",
        "  hard-stop-after 60s",
        "defaults",
        "  mode http",
        "  log global",
        "  option httplog",
        "  option dontlog-normal",
        "  option forwardfor",
        "  no option redispatch",
        "  retries 0",
        "  timeout connect 2s",
        "  timeout client 60s",
        "  timeout server 60s",
        "  timeout http-keep-alive 60s",
    ]
    for front in shape.fronts:
        lines += [f"frontend {front.name}", f"  bind {front.address}:{front.port}", f"  default_backend {front.pool}"]
    for pool in shape.pools:
        lines += _backend(pool, slots.get(pool.name, Slots(pool.name)))
    return "\n".join(lines) + "\n"


def _backend(pool: Pool, slots: Slots) -> list[str]:
    check = pool.check
    # Whoever may call the API chooses these; a line break in them would be a line of this file.
    if not re.fullmatch(r"/[!-~]*", check.path) or not re.fullmatch(r"[0-9,-]+", check.codes):
        raise Trouble(f"the target group {pool.name} has a health check that is none: {check.path!r}, {check.codes!r}")
    return [
        f"backend {pool.name}",
        "  balance roundrobin",
        f"  option httpchk GET {check.path} HTTP/1.1",
        "  http-check send hdr Host health-check",
        f"  http-check expect status {check.codes}",
        f"  timeout check {int(check.timeout * 1000)}ms",
        f"  default-server check inter {interval(check)} rise {check.healthy} fall {check.unhealthy}{_port(check)}",
        *(_server(slots, number) for number in range(1, COUNT + 1)),
    ]


def interval(check: Check) -> str:
    fast, steady = (int(min(check.seconds, each) * 1000) for each in (FASTEST_CHECK, STEADY_CHECK))
    return f"{steady}ms fastinter {fast}ms downinter {fast}ms"


def _port(check: Check) -> str:
    return f" port {check.port}" if check.port is not None else ""


def _server(slots: Slots, number: int) -> str:
    """A reload keeps who is in; those who leave finish in the process before it."""
    slot = slots.taken.get(number)
    if slot is None or slot.leaving:
        return f"  server s{number} 127.0.0.1:1 disabled"
    return f"  server s{number} {slot.endpoint.address}:{slot.endpoint.port}"
