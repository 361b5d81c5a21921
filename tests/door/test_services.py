"""What runs beside the bot is started once, known by more than its number, and ended by that alone."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

DOOR = Path(__file__).resolve().parents[2] / "libexec" / "door"
SERVICE = ["/usr/bin/python3", str(DOOR / "service.py")]
# Writes its id when it is up, and says how SIGINT stands; ends politely unless it is told to be stubborn.
PROGRAM = """
import os, pathlib, signal, sys
if sys.argv[2:] == ["stubborn"]: signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("SIGINT ignored" if signal.getsignal(signal.SIGINT) == signal.SIG_IGN else "SIGINT heard", flush=True)
pathlib.Path(sys.argv[1]).write_text(str(os.getpid()))
signal.pause()
"""


class Folder:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.ready = path / "ready"
        self.argv = [sys.executable, "-c", PROGRAM, str(self.ready)]

    def says(self, verb: str, *more: str, name: str = "thing") -> subprocess.CompletedProcess[str]:
        return subprocess.run([*SERVICE, verb, str(self.path), name, *more], capture_output=True, text=True, timeout=60)

    def start(self, *words: str, within: str = "20") -> subprocess.CompletedProcess[str]:
        return self.says("start", "--ready", f"file:{self.ready}", "--within", within, "--", *self.argv, *words)

    @property
    def recorded(self) -> dict[str, object]:
        return json.loads((self.path / "thing.pid").read_text())

    @property
    def pid(self) -> int:
        return int(str(self.recorded["pid"]))


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    made = Folder(tmp_path / "local")
    yield made
    made.says("stop", "--within", "0.1")


def test_a_start_returns_when_it_is_ready_and_a_second_starts_nothing(folder: Folder) -> None:
    assert folder.start().returncode == 0
    first = folder.pid
    assert folder.ready.read_text() == str(first)
    assert folder.start().returncode == 0
    assert folder.pid == first
    assert folder.says("alive").returncode == 0


def test_two_starts_at_once_start_one(folder: Folder) -> None:
    command = [*SERVICE, "start", str(folder.path), "thing", "--ready", f"file:{folder.ready}", "--", *folder.argv]
    both = [subprocess.Popen(command), subprocess.Popen(command)]
    assert [each.wait(30) for each in both] == [0, 0]
    assert (folder.path / "thing.log").read_text().count("SIGINT") == 1


def test_a_child_of_a_background_script_still_hears_sigint(folder: Folder) -> None:
    ignoring = subprocess.Popen(
        [*SERVICE, "start", str(folder.path), "thing", "--ready", f"file:{folder.ready}", "--", *folder.argv],
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
    )
    assert ignoring.wait(30) == 0
    assert "SIGINT heard" in (folder.path / "thing.log").read_text()


def test_stop_ends_it_politely_and_the_stubborn_all_the_same(folder: Folder) -> None:
    for words, within in ([], "20"), (["stubborn"], "0.2"):
        folder.ready.unlink(missing_ok=True)
        folder.start(*words)
        pid = folder.pid
        stopped = folder.says("stop", "--within", within)
        assert (stopped.returncode, stopped.stdout) == (0, "thing\n")
        assert not Path(f"/proc/{pid}").exists() or "Z" in Path(f"/proc/{pid}/stat").read_text()
        assert folder.says("alive").returncode == 1


def test_stopping_what_does_not_run_is_no_mistake_and_says_nothing(folder: Folder) -> None:
    stopped = folder.says("stop")
    assert (stopped.returncode, stopped.stdout) == (0, "")


def test_another_process_with_the_same_number_is_left_alone(folder: Folder) -> None:
    bystander = subprocess.Popen(["/bin/sleep", "60"])
    try:
        folder.path.mkdir()
        record = {"pid": bystander.pid, "start": 1, "boot": Path("/proc/sys/kernel/random/boot_id").read_text().strip()}
        (folder.path / "thing.pid").write_text(json.dumps(record))
        assert folder.says("alive").returncode == 1
        assert folder.says("stop").stdout == ""
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_what_ends_before_it_is_ready_is_told_with_its_last_words(folder: Folder) -> None:
    folder.argv = ["/bin/ls", "/no/such/folder"]
    ended = folder.start()
    assert ended.returncode == 1
    assert "ended before it was ready" in ended.stderr or "ended at once" in ended.stderr
    assert "/no/such/folder" in ended.stderr


def test_what_does_not_become_ready_in_time_is_told(folder: Folder) -> None:
    folder.argv = ["/bin/sleep", "60"]
    ended = folder.start(within="0.3")
    assert ended.returncode == 1
    assert "did not become ready" in ended.stderr and str(folder.ready) in ended.stderr


def test_a_readiness_of_an_earlier_process_does_not_count(folder: Folder) -> None:
    folder.path.mkdir()
    folder.ready.write_text("1")
    folder.argv = ["/bin/sleep", "60"]
    assert folder.start(within="0.3").returncode == 1


def test_a_process_that_starts_itself_claims_the_name_once(folder: Folder) -> None:
    mine = str(os.getpid())
    assert folder.says("claim", mine, name="bot").returncode == 0
    assert folder.says("claim", mine, name="bot").returncode == 0
    second = folder.says("claim", str(os.getppid()), name="bot")
    assert second.returncode == 1
    assert f"already runs here as process {mine}" in second.stderr
    (folder.path / "bot.pid").unlink()


def test_redis_is_ready_only_when_it_answers_to_its_password(folder: Folder) -> None:
    server = shutil.which("redis-server")
    assert server is not None
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder.path.mkdir()
    password = folder.path / "password"
    password.write_text("right")
    argv = [server, "--port", str(port), "--bind", "127.0.0.1", "--requirepass", "right", "--dir", str(folder.path)]
    ready = ["--ready", f"redis:{port}:{password}", "--within", "5"]
    assert folder.says("start", *ready, "--", *argv).returncode == 0
    password.write_text("wrong")
    assert folder.says("start", *ready[:2], "--within", "0.3", "--", *argv).returncode == 1


def test_stop_does_not_go_on_when_something_could_not_be_ended(tmp_path: Path) -> None:
    project, local = tmp_path / "project", tmp_path / "project" / ".signalbox" / "local"
    shutil.copytree(DOOR.parent, project / "libexec")
    shutil.copy(DOOR.parent.parent / "signalbox", project)
    local.mkdir(parents=True)
    redis = Folder(local)
    started = redis.says("start", "--ready", f"file:{redis.ready}", "--", *redis.argv, name="redis")
    assert started.returncode == 0, started.stderr
    try:
        (local / "bot.pid").write_text("no process\n")
        ended = subprocess.run([project / "signalbox", "stop"], capture_output=True, text=True, timeout=60)
        assert ended.returncode == 1
        assert "does not hold a process" in ended.stderr
        assert redis.says("alive", name="redis").returncode == 0, "Redis was taken from under a bot that may run"
        (local / "bot.pid").unlink()
        ended = subprocess.run([project / "signalbox", "stop"], capture_output=True, text=True, timeout=60)
        assert (ended.returncode, ended.stderr) == (0, "signalbox: ended redis\n")
    finally:
        redis.says("stop", name="redis")


def test_nothing_is_left_waiting_for_the_lock_by_what_was_started(folder: Folder) -> None:
    """The lock is not inherited: else the second word about a running service would hang."""
    folder.start()
    begun = time.monotonic()
    folder.says("stop")
    assert time.monotonic() - begun < 5
