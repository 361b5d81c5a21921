from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sandbox.haproxy_config import render
from sandbox.pools import Check, Endpoint, Front, Membership, Pool, Shape
from sandbox.slots import Slots
from sandbox.trouble import Trouble

CHECK = Check(path="/health", port=None, codes="200-299", healthy=2, unhealthy=3, seconds=5, timeout=2)
SHAPE = Shape((Front("staging-web-80", "127.0.0.1", 18080, "staging-web"),), (Pool("staging-web", CHECK),))


def rendered(slots: Slots | None = None) -> str:
    return render(SHAPE, {"staging-web": slots} if slots else {}, Path("/nonexistent/sb.sock"))


def test_never_sends_a_request_twice() -> None:
    lines = [line.strip() for line in rendered().splitlines()]
    assert "retries 0" in lines
    assert "no option redispatch" in lines
    assert not [line for line in lines if line.startswith("retry-on")]


def test_checks_as_the_target_group_says() -> None:
    text = rendered()
    assert "option httpchk GET /health" in text
    assert "http-check expect status 200-299" in text
    assert "rise 2 fall 3" in text


def test_a_reload_keeps_members_in_and_does_not_let_leaving_ones_back() -> None:
    slots = Slots("staging-web")
    stays, leaves = Endpoint("127.20.1.4", 8080), Endpoint("127.20.1.5", 8080)
    slots.update(Membership({"stays": stays, "leaves": leaves}, {}), now=0)
    slots.update(Membership({"stays": stays}, {"leaves": 10.0}), now=1)
    text = rendered(slots)
    assert "server s1 127.20.1.4:8080\n" in text
    assert "server s2 127.0.0.1:1 disabled\n" in text
    assert "127.20.1.5" not in text


@pytest.mark.parametrize("check", [{"path": "/health\n  server evil 127.0.0.1:1"}, {"path": "health"}, {"codes": "200 x"}])
def test_a_health_check_cannot_write_lines_of_its_own(check: dict[str, Any]) -> None:
    pool = Pool("staging-web", replace(CHECK, **check))
    with pytest.raises(Trouble, match="staging-web has a health check that is none"):
        render(Shape((), (pool,)), {}, Path("/nonexistent/sb.sock"))


@pytest.mark.skipif(shutil.which("haproxy") is None, reason="haproxy is not installed")
def test_haproxy_accepts_it_without_a_warning(tmp_path: Path) -> None:
    file = tmp_path / "haproxy.cfg"
    file.write_text(render(SHAPE, {}, tmp_path / "s"))
    tried = subprocess.run(["haproxy", "-c", "-f", str(file)], capture_output=True, text=True, timeout=20, check=False)
    assert tried.returncode == 0, tried.stderr
    assert "WARNING" not in tried.stderr
