"""A run that is ordered over a socket: standard input is the connection, as systemd hands it over with Accept=yes."""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from run_folder import WRAPPER, RunFolder, eventually, is_running

MINUTE = 60.0


class Desk:
    """A listening socket that starts one wrapper for each connection, with the connection as its standard input."""

    def __init__(self, path: Path, runs: Path) -> None:
        self.path = str(path)
        self.runs = runs
        self.started: list[subprocess.Popen] = []
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(self.path)
        self._listener.listen()

    def connect(self, **options: object) -> tuple[socket.socket, subprocess.Popen]:
        client = socket.socket(socket.AF_UNIX)
        client.settimeout(MINUTE)
        client.connect(self.path)
        connection, _ = self._listener.accept()
        argv = [*WRAPPER, "--from-socket", str(self.runs)]
        with connection:
            wrapper = subprocess.Popen(argv, stdin=connection, stdout=connection, stderr=subprocess.PIPE, cwd="/", **options)
            self.started.append(wrapper)
        return client, wrapper

    def order(self, words: bytes) -> tuple[dict, subprocess.Popen]:
        client, wrapper = self.connect()
        with client:
            client.sendall(words)
            return answer(client), wrapper

    def order_run(self, folder: RunFolder) -> tuple[dict, subprocess.Popen]:
        return self.order(f"{folder.path}\n".encode())

    def close(self) -> None:
        self._listener.close()
        for process in self.started:
            if process.poll() is None:
                process.kill()
            process.wait()
            process.stderr.close()


def answer(client: socket.socket) -> dict:
    with client.makefile("rb") as lines:
        return json.loads(lines.readline())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "run.sock", tmp_path)
    yield desk
    desk.close()


def test_a_run_that_is_ordered_leaves_what_any_run_leaves(desk: Desk, folders: Callable[[], RunFolder]) -> None:
    program = "import sys; print('words'); print('errors', file=sys.stderr); sys.exit(3)"
    by_hand, ordered = folders().plan(program, lock="a"), folders().plan(program, lock="b")
    by_hand.run()
    said, wrapper = desk.order_run(ordered)
    assert said == {"pid": wrapper.pid}
    assert ordered.await_exit() == {"status": "exited", "code": 3} == by_hand.exit()
    assert wrapper.wait(MINUTE) == 0
    assert ordered.record("claimed")["pid"] == ordered.record("pid")["wrapper"]["pid"] == wrapper.pid
    assert sorted(ordered.text("output.log").splitlines()) == ["errors", "words"]
    here, there = ({file.name for file in each.path.iterdir()} for each in (by_hand, ordered))
    assert there == here | {"wrapper.log"} and ordered.text("wrapper.log") == ""


def test_what_cannot_be_claimed_was_answered_and_says_why_where_any_wrapper_does(desk: Desk, folder: RunFolder) -> None:
    """So whoever ordered it can tell a wrapper that died from one that is slow."""
    folder.plan("open('started', 'w')")
    no_room = {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4095, 4095))}
    client, wrapper = desk.connect(**no_room)
    with client:
        client.sendall(f"{folder.path}\n".encode())
        assert answer(client) == {"pid": wrapper.pid}
    assert wrapper.wait(MINUTE) == 1
    assert "File too large" in folder.text("wrapper.log")
    assert sorted(file.name for file in folder.path.iterdir()) == ["plan.json", "wrapper.log"]


def test_neither_wrapper_nor_child_keeps_the_connection(desk: Desk, folder: RunFolder) -> None:
    folder.plan("import time; print('up', flush=True); time.sleep(60)")
    client, wrapper = desk.connect()
    with client:
        client.sendall(f"{folder.path}\n".encode())
        with client.makefile("rb") as lines:
            assert json.loads(lines.readline()) == {"pid": wrapper.pid}
            assert lines.read() == b""  # the end, while the run goes on
    folder.await_text("output.log")
    links = [os.readlink(f"/proc/{wrapper.pid}/fd/{number}") for number in (0, 1, 2)]
    assert links == ["/dev/null", str(folder.path / "wrapper.log"), str(folder.path / "wrapper.log")]
    assert folder.cancel() == 0


def test_an_ordered_run_outlives_whoever_ordered_it(desk: Desk, folder: RunFolder) -> None:
    client, _ = desk.connect()
    client.sendall(f"{folder.plan('print(1)').path}\n".encode())
    client.close()
    assert folder.await_exit() == {"status": "exited", "code": 0}


def test_of_two_orders_for_one_run_one_starts_it(desk: Desk, folder: RunFolder) -> None:
    folder.plan("import time; open('started', 'a').write('x'); time.sleep(0.3)")
    wrappers = [desk.order_run(folder)[1] for _ in range(4)]
    assert [wrapper.wait(MINUTE) for wrapper in wrappers] == [0, 0, 0, 0]
    assert folder.exit() == {"status": "exited", "code": 0} and folder.text("started") == "x"


def test_what_was_given_up_is_not_started_by_a_late_order(desk: Desk, folder: RunFolder) -> None:
    folder.plan("open('started', 'w')")
    assert subprocess.run([*WRAPPER, "--give-up", str(folder.path), "too late"], timeout=MINUTE).returncode == 0
    said, wrapper = desk.order_run(folder)
    assert said == {"pid": wrapper.pid} and wrapper.wait(MINUTE) == 0
    assert folder.record("claimed") == {"by": "bot", "not started": "too late"}
    assert folder.record("exit") is None and not (folder.path / "started").exists()


def test_an_ordered_run_can_be_cancelled(desk: Desk, folder: RunFolder) -> None:
    desk.order_run(folder.plan("import time; print('up', flush=True); time.sleep(60)"))
    folder.await_text("output.log")
    assert folder.cancel("--grace", "0.3") == 0
    assert folder.exit()["status"] == "cancelled"


def test_a_wrapper_whose_service_is_ended_ends_its_child(desk: Desk, folder: RunFolder) -> None:
    _, wrapper = desk.order_run(folder.plan("import time; print('up', flush=True); time.sleep(60)"))
    folder.await_text("output.log")
    wrapper.send_signal(signal.SIGTERM)
    assert folder.await_exit()["status"] == "cancelled" and not is_running(folder.child())


def refusal(desk: Desk, words: bytes) -> str:
    said, wrapper = desk.order(words)
    assert wrapper.wait(MINUTE) == 1
    assert said["refused"] in wrapper.stderr.read().decode()  # for the journal
    return said["refused"]


def test_only_folders_of_its_own_runs_are_started(desk: Desk, folder: RunFolder, tmp_path: Path) -> None:
    folder.plan(f"open({str(tmp_path / 'started')!r}, 'w')")
    outside = tmp_path / "elsewhere" / "run"
    outside.mkdir(parents=True)
    (outside / "plan.json").write_text((folder.path / "plan.json").read_text())
    (tmp_path / "link").symlink_to(outside)
    (tmp_path / "file").touch()
    assert "does not lie in" in refusal(desk, f"{outside}\n".encode())
    assert "is not the whole path" in refusal(desk, f"{folder.path}/../run-0\n".encode())
    assert "is not the whole path" in refusal(desk, b"run-0\n")
    assert "is not the whole path" in refusal(desk, b"\n")
    assert "is not a folder" in refusal(desk, f"{tmp_path}/link\n".encode())
    assert "is not a folder" in refusal(desk, f"{tmp_path}/file\n".encode())
    assert "No such file or directory" in refusal(desk, f"{tmp_path}/k3m9xw\n".encode())
    assert "does not lie in" in refusal(desk, f"{tmp_path}\n".encode())
    assert not (tmp_path / "started").exists() and not (outside / "claimed").exists()


@pytest.mark.skipif(os.getuid() != 0, reason="giving a folder to another account needs root")
def test_a_folder_of_another_account_is_refused(desk: Desk, folder: RunFolder) -> None:
    folder.plan("open('started', 'w')")
    os.chown(folder.path, 65534, 65534)
    assert "belongs to account 65534" in refusal(desk, f"{folder.path}\n".encode())
    assert sorted(file.name for file in folder.path.iterdir()) == ["plan.json"]


def test_a_folder_named_through_a_link_to_the_runs_is_one_of_them(desk: Desk, folder: RunFolder, tmp_path: Path) -> None:
    """As where /var/lib/signalbox is a link."""
    (tmp_path / "runs").symlink_to(tmp_path)
    said, wrapper = desk.order(f"{tmp_path}/runs/{folder.plan('print(1)').path.name}\n".encode())
    assert said == {"pid": wrapper.pid}
    assert folder.await_exit() == {"status": "exited", "code": 0}


@pytest.mark.parametrize("words", [b"", b"/half/a/pa"])
def test_an_order_that_breaks_off_starts_nothing(desk: Desk, words: bytes) -> None:
    client, wrapper = desk.connect()
    with client:
        client.sendall(words)
        client.shutdown(socket.SHUT_WR)
        assert "broke off" in answer(client)["refused"]
    assert wrapper.wait(MINUTE) == 1


def test_an_endless_order_is_not_read_to_its_end(desk: Desk) -> None:
    assert "longer than 4096 bytes" in refusal(desk, b"/" * 5000)


def test_who_orders_nothing_is_not_waited_for(desk: Desk) -> None:
    begin = time.monotonic()
    client, wrapper = desk.connect()
    with client:
        assert "no order came within 10 seconds" in answer(client)["refused"]
    assert wrapper.wait(MINUTE) == 1 and time.monotonic() - begin >= 9


@pytest.mark.skipif(os.getuid() != 0, reason="mounting a small disk needs root")
def test_a_disk_without_room_refuses_before_anything_is_claimed(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["/bin/mount", "-t", "tmpfs", "-o", "nr_inodes=5", "tmpfs", str(disk)], check=True, timeout=MINUTE)
    desk = Desk(tmp_path / "run.sock", disk)
    try:
        run = disk / "run"
        run.mkdir()
        folder = RunFolder(run, disk / "locks").plan("open('started', 'w')")
        with pytest.raises(OSError):
            for number in range(10):
                (disk / str(number)).touch()
        assert "wrapper.log cannot be written: No space left" in refusal(desk, f"{run}\n".encode())
        assert folder.record("claimed") is None
    finally:
        desk.close()
        subprocess.run(["/bin/umount", "-l", str(disk)], check=True, timeout=MINUTE)


def test_without_a_socket_it_is_wrong_use(tmp_path: Path) -> None:
    done = subprocess.run(
        [*WRAPPER, "--from-socket", str(tmp_path)], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=MINUTE
    )
    assert done.returncode == 2 and "its standard input is the connection" in done.stderr


def test_the_desk_starts_one_wrapper_a_connection(desk: Desk, folders: Callable[[], RunFolder]) -> None:
    many = [folders().plan("print(1)") for _ in range(5)]
    for each in many:
        desk.order_run(each)
    assert all(eventually(each.exit, "exit") == {"status": "exited", "code": 0} for each in many)
