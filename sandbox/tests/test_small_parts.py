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

from sandbox import enter, view
from sandbox.account import COUNT, FIRST, free_uid, with_line
from sandbox.ending import forget_temporary
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


def forged(folder: Path, how: str) -> Path:
    """A folder that says that it is a sandbox, as somebody else could make one below /var/tmp."""
    made = folder / "made"
    made.mkdir(mode=0o755)
    (made / "signalbox-demo").write_text('{"uid": 89999, "group": "/sys/fs/cgroup"}')
    if how == "a link to the folder":
        (folder / "link").symlink_to(made)
        return folder / "link"
    if how == "a link to the marker":
        (made / "signalbox-demo").rename(folder / "elsewhere")
        (made / "signalbox-demo").symlink_to(folder / "elsewhere")
    if how == "open to others":
        made.chmod(0o757)
    if how == "another account's folder":
        os.chown(made, 65534, 65534)
    if how == "another account's marker":
        os.chown(made / "signalbox-demo", 65534, 65534)
    return made


@pytest.mark.parametrize("how", ["a link to the folder", "a link to the marker", "open to others"])
def test_a_marker_that_anybody_may_have_written_is_not_believed(tmp_path: Path, how: str) -> None:
    with pytest.raises(Trouble, match="is not yours alone"):
        Place(forged(tmp_path, how)).facts()


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to give a file away")
@pytest.mark.parametrize("how", ["another account's folder", "another account's marker"])
def test_a_marker_of_another_account_is_not_believed(tmp_path: Path, how: str) -> None:
    with pytest.raises(Trouble, match="is not yours alone"):
        Place(forged(tmp_path, how)).facts()


def test_a_program_inside_gets_nothing_of_the_caller_that_leads_elsewhere(tmp_path: Path) -> None:
    callers = {"ANSIBLE_CONFIG": "/else", "SIGNALBOX_REDIS_URI": "redis://else:6379/0", "AWS_PROFILE": "else",
               "GIT_DIR": "/else", "PYTHONPATH": "/else", "https_proxy": "http://else", "TERM": "xterm"}
    inside = enter.environment(Place(tmp_path), "bot", callers)
    assert {name for name in callers if name in inside} == {"TERM"}


def test_what_the_account_left_beside_its_folder_is_removed(tmp_path: Path) -> None:
    left_in(tmp_path)
    forget_temporary(os.getuid() + 1, [tmp_path])
    assert len(list(tmp_path.iterdir())) == 2
    forget_temporary(os.getuid(), [tmp_path])
    assert list(tmp_path.iterdir()) == []


def test_what_another_program_removes_first_is_no_obstacle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left_in(tmp_path)
    unlink = os.unlink

    def beaten_to_it(path: str, **more: int) -> None:
        unlink(path, **more)
        unlink(path, **more)

    monkeypatch.setattr(os, "unlink", beaten_to_it)
    forget_temporary(os.getuid(), [tmp_path])
    assert list(tmp_path.iterdir()) == []


def test_what_is_gone_before_it_is_looked_at_is_no_obstacle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    found = list(os.scandir(tmp_path))
    (tmp_path / "file").unlink()
    monkeypatch.setattr(os, "scandir", lambda _: found)
    forget_temporary(os.getuid(), [tmp_path])


def left_in(folder: Path) -> None:
    (folder / "folder").mkdir()
    (folder / "folder" / "below").touch()
    (folder / "file").touch()


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
