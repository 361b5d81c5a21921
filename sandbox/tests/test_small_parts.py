"""Place, account, view, readiness, identity: the pieces that one line of behaviour each describes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from sandbox import view
from sandbox.account import COUNT, FIRST, free_uid, with_line
from sandbox.identity import Identity, record, recorded
from sandbox.place import Place
from sandbox.ready import Ready
from sandbox.trouble import Trouble


def test_refuses_a_folder_too_long_for_its_sockets() -> None:
    with pytest.raises(Trouble, match="too long"):
        Place.at("/var/tmp/" + "x" * 60)


@pytest.mark.parametrize("content", [None, "small\n"])
def test_refuses_a_folder_that_is_no_sandbox(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "signalbox-demo").write_text(content)
    with pytest.raises(Trouble, match="is no sandbox"):
        Place(tmp_path).facts()


def test_an_account_of_the_same_name_is_replaced() -> None:
    assert with_line("root:x:0:0\nsignalbox:x:1:1:old\n", "signalbox:x:7:7:new") == "root:x:0:0\nsignalbox:x:7:7:new\n"


def test_two_sandboxes_get_two_accounts() -> None:
    first = free_uid("/var/tmp/one", frozenset())
    second = free_uid("/var/tmp/one", frozenset({first}))
    assert first != second
    assert all(FIRST <= uid < FIRST + COUNT for uid in (first, second))


def test_finds_the_uppermost_closed_folder() -> None:
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        top = Path(name)
        top.chmod(0o755)
        code = top / "closed" / "also" / "code"
        code.mkdir(parents=True)
        assert view.closed_parents([code]) == []
        for folder in (code.parent, code.parent.parent):
            folder.chmod(0o700)
        assert view.closed_parents([code, top]) == [top / "closed"]


def test_refuses_code_that_others_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "sandbox").mkdir(mode=0o755)
    tmp_path.chmod(0o750)
    with pytest.raises(Trouble, match="chmod -R go"):
        view.refuse_unreadable(tmp_path)


def test_a_ready_file_of_an_earlier_process_does_not_count(tmp_path: Path) -> None:
    file = tmp_path / "ready"
    ready = Ready.parse({"file": str(file)})
    assert not ready.reached(41)
    file.write_text("40\n")
    assert not ready.reached(41)
    file.write_text("41\n")
    assert ready.reached(41)


def test_ready_when_it_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert Ready.parse({"tcp": f"127.0.0.1:{port}"}).reached(0)
    assert not Ready.parse({"tcp": f"127.0.0.1:{port}"}).reached(0)


@pytest.mark.parametrize("said", [{}, {"tcp": "9092"}, {"tcp": "127.0.0.1:x"}, {"port": "1"}])
def test_says_how_readiness_is_told(said: dict[str, str]) -> None:
    with pytest.raises(Trouble, match="right would be"):
        Ready.parse(said)


def test_a_process_is_known_until_it_ends(tmp_path: Path) -> None:
    file = tmp_path / "child.pid"
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        record(file, child.pid)
        found = recorded(file)
        assert found is not None
        assert not found.wait(0)
        assert found.send(signal.SIGKILL)
        assert found.wait(10)
        assert recorded(file) is None
        assert not found.send(signal.SIGTERM)


def test_a_later_process_of_the_same_number_is_another() -> None:
    own = Identity.of(os.getpid())
    assert own is not None
    assert own.alive()
    assert not Identity(own.pid, own.start - 1).alive()
