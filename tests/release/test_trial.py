"""The bot's side of an update: what the trial writes, and what of the other side's files ends the wait."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from release import trial
from release.refused import Refused
from release_site import PROGRAM, run

OLD, NEW, OTHER = "a" * 40, "b" * 40, "c" * 40


class Server:
    def __init__(self, folder: Path) -> None:
        self.state, self.home = folder / "state", folder / "home"
        self.state.mkdir()
        self.home.mkdir()
        self.point(OLD)

    def point(self, commit: str) -> None:
        (self.home / "fresh").symlink_to(f"releases/{commit}")
        (self.home / "fresh").rename(self.home / "current")

    def ready(self) -> None:
        (self.state / "fresh").write_text("1")
        (self.state / "fresh").rename(self.state / "ready")

    def take_back(self, failed: str = NEW) -> None:
        (self.state / "taken-back").write_text(json.dumps({"from": OLD, "to": failed, "reason": "it hung"}))
        self.point(OLD)
        (self.state / "trial").unlink()


@pytest.fixture
def server(tmp_path: Path) -> Server:
    return Server(tmp_path)


def begin(server: Server) -> None:
    trial.begin(server.state, OLD, NEW)
    server.point(NEW)


def ready(server: Server, seconds: float = 0.3) -> dict:
    return trial.await_ready(server.state, server.home, NEW, seconds)


def over(server: Server, seconds: float = 0.3) -> dict:
    return trial.await_end(server.state, server.home, NEW, seconds)


def refusal(wait: Callable[..., dict], server: Server, seconds: float = 0.3) -> str:
    with pytest.raises(Refused) as refused:
        wait(server, seconds)
    return str(refused.value)


def meanwhile(step: Callable[[], None]) -> threading.Thread:
    def later() -> None:
        time.sleep(0.1)
        step()

    thread = threading.Thread(target=later)
    thread.start()
    return thread


def test_the_trial_is_one_file_and_no_older_verdict_stays(server: Server) -> None:
    (server.state / "taken-back").write_text("{}")

    said = json.loads(run(*PROGRAM, "begin-trial", "--state", str(server.state), "--from", OLD, "--to", NEW, cwd=server.state))

    assert said == {"done": {"from": OLD, "to": NEW}}
    assert json.loads((server.state / "trial").read_text()) == {"from": OLD, "to": NEW, "failures": 0}
    assert os.listdir(server.state) == ["trial"]


def test_the_bot_before_is_not_taken_for_the_new_one(server: Server) -> None:
    server.ready()
    time.sleep(0.02)
    begin(server)

    assert f"no bot of {NEW[:8]} became ready within 0.3 s" in refusal(ready, server)
    thread = meanwhile(server.ready)
    assert ready(server, 10) == {"ready": NEW}
    thread.join()


def test_a_bot_that_fails_once_is_waited_for_again(server: Server) -> None:
    """The failure is counted in the file, after the first one was ready."""
    begin(server)
    server.ready()
    time.sleep(0.02)
    (server.state / "trial").write_text(json.dumps({"from": OLD, "to": NEW, "failures": 1}))

    assert "became ready" in refusal(ready, server)


def test_the_trial_ends_when_the_bot_says_so(server: Server) -> None:
    begin(server)
    assert "was not ready for long enough within 0.3 s" in refusal(over, server)

    thread = meanwhile((server.state / "trial").unlink)
    assert over(server, 10) == {"passed": NEW}
    thread.join()


@pytest.mark.parametrize("wait", [ready, over])
def test_a_release_that_was_taken_back_is_told_with_the_reason(server: Server, wait: Callable[..., dict]) -> None:
    begin(server)
    thread = meanwhile(server.take_back)

    assert refusal(wait, server, 10) in (
        f"release {NEW[:8]} was taken back: it hung. Back on {OLD[:8]}.",
        f"release {NEW[:8]} was taken back: it hung. On its way back to {OLD[:8]}.",
    )
    thread.join()


def test_a_verdict_on_another_release_is_none_on_this(server: Server) -> None:
    begin(server)
    (server.state / "taken-back").write_text(json.dumps({"from": OLD, "to": OTHER, "reason": "it hung"}))
    server.ready()

    assert ready(server) == {"ready": NEW}


def test_somebody_elses_switch_is_no_success(server: Server) -> None:
    begin(server)
    (server.state / "trial").unlink()
    server.point(OTHER)

    assert f"somebody has switched from {NEW[:8]} to {OTHER[:8]}" in refusal(over, server)


def test_a_state_folder_that_cannot_be_written_stops_before_the_switch(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="Nothing was switched"):
        trial.begin(tmp_path / "absent", OLD, NEW)
