"""A real Ansible over a real SSH to this machine that is ended in the middle: no process of it is left."""

from __future__ import annotations

import getpass
import json
import os
import random
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from run_folder import RunFolder, eventually, is_running

PROJECT = Path(__file__).resolve().parents[2]
PLAYBOOK = PROJECT / ".signalbox" / "venv" / "bin" / "ansible-playbook"
SSHD = Path("/usr/sbin/sshd")
MINUTE = 60.0

pytestmark = pytest.mark.skipif(os.getuid() != 0 or not SSHD.exists(), reason="an own sshd needs root and openssh-server")


@dataclass
class Machine:
    """An sshd of the test's own on a loopback address, and the key that opens it."""

    folder: Path
    port: int
    process: subprocess.Popen

    @staticmethod
    def start(folder: Path) -> Machine:
        folder.mkdir(mode=0o700)
        for name in ("host", "key"):
            words = ["/usr/bin/ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
            subprocess.run(words, check=True, timeout=MINUTE)
        (folder / "authorized").write_text((folder / "key.pub").read_text())
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        port = free_port()
        settings = {
            "ListenAddress": f"127.0.0.1:{port}", "HostKey": folder / "host", "AuthorizedKeysFile": folder / "authorized",
            "PidFile": "none", "UsePAM": "no", "StrictModes": "no", "PermitRootLogin": "prohibit-password",
        }  # fmt: skip
        words = [word for key, value in settings.items() for word in ("-o", f"{key}={value}")]
        log = (folder / "log").open("wb")
        process = subprocess.Popen([str(SSHD), "-D", "-e", "-f", "/dev/null", *words], stdout=log, stderr=log)
        eventually(lambda: listens(port) or process.poll() is not None, "sshd listens")
        assert process.poll() is None, (folder / "log").read_text()
        return Machine(folder, port, process)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(MINUTE)


def free_port() -> int:
    return next(port for port in iter(lambda: random.randint(10_000, 30_000), None) if not listens(port))


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A short one: the sockets of ssh lie in the run's folder, and may have names of some hundred bytes."""
    with tempfile.TemporaryDirectory(prefix="ends-") as folder:
        yield Path(folder)


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    machine = Machine.start(tmp_path / "sshd")
    yield machine
    machine.stop()


def plan(folder: RunFolder, machine: Machine, tmp_path: Path, **changes: object) -> RunFolder:
    """Three hosts that are all this machine; each does what takes minutes, in a process that it leaves its number of."""
    begun = tmp_path / "begun"
    begun.mkdir()
    (tmp_path / "hosts.yml").write_text(json.dumps({"all": {"hosts": {f"h{n}": {} for n in range(3)}, "vars": {
        "ansible_host": "127.0.0.1", "ansible_port": machine.port, "ansible_user": getpass.getuser(),
    }}}))  # fmt: skip
    linger = "import os, sys, time; open(sys.argv[1] + '/' + str(os.getpid()), 'w'); time.sleep(300)"
    tasks = [{"name": "Linger", "ansible.builtin.command": {"argv": ["/usr/bin/python3", "-c", linger, str(begun)]}}]
    play = {"name": "Only", "hosts": "all", "gather_facts": False, "tasks": tasks}
    (tmp_path / "play.yml").write_text(json.dumps([play]))
    environment = {
        "PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LANG": "C.UTF-8", "ANSIBLE_CONFIG": str(PROJECT / "ansible.cfg"),
        "ANSIBLE_HOME": str(tmp_path / "ansible"), "ANSIBLE_PRIVATE_KEY_FILE": str(machine.folder / "key"),
        "ANSIBLE_COLLECTIONS_PATH": str(tmp_path), "ANSIBLE_CALLBACK_PLUGINS": str(PROJECT / "callback_plugins"),
        "ANSIBLE_SSH_CONTROL_PATH_DIR": str(folder.path / "ssh"),
        "ANSIBLE_SSH_EXTRA_ARGS": f"-o UserKnownHostsFile={tmp_path}/known", "SIGNALBOX_EVENTS": str(folder.path / "events.jsonl"),
    }  # fmt: skip
    argv = [str(PLAYBOOK), "-i", str(tmp_path / "hosts.yml"), str(tmp_path / "play.yml")]
    return folder.plan(argv=argv, environment=environment, timeout_seconds=120, **changes)


def begun(folder: RunFolder, tmp_path: Path) -> list[int]:
    """The processes that the play has started on its hosts, when all three are there."""

    def all_three() -> bool:
        assert folder.exit() is None, folder.text("output.log")
        return len(list((tmp_path / "begun").iterdir())) == 3

    eventually(all_three, "the play has begun on its hosts", MINUTE)
    return [int(file.name) for file in (tmp_path / "begun").iterdir()]


def of_the_run(folder: RunFolder) -> list[str]:
    """What lives and bears the run's mark: Ansible, its workers and ssh; and the masters that ssh leaves in the background.

    These have written a title over their environment, in which the path of their socket stands.
    """
    mark, found = f"SIGNALBOX_RUN={folder.path}".encode(), []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            marked = mark in (process / "environ").read_bytes().split(b"\0")
        except OSError:
            continue
        if (marked or words.startswith(f"ssh: {folder.path}/")) and is_running(int(process.name)):
            found.append(words)
    return found


@pytest.fixture
def started(folder: RunFolder, machine: Machine, tmp_path: Path) -> Iterator[RunFolder]:
    plan(folder, machine, tmp_path, grace_seconds=5).start()
    remote = begun(folder, tmp_path)
    try:
        everything = " ".join(of_the_run(folder))
        assert "ansible-playbook" in everything and "[mux]" in everything and "/usr/bin/python3" in everything
        yield folder
    finally:
        for pid in remote:  # what runs on a host is the host's: it goes on
            try:
                os.kill(pid, 9)
            except ProcessLookupError:
                pass


def test_a_cancelled_ansible_leaves_no_process_behind(started: RunFolder) -> None:
    assert started.cancel("--grace", "5") == 0
    assert started.exit() == {"status": "cancelled", "code": 99}
    assert of_the_run(started) == []
    last = json.loads(started.text("events.jsonl").splitlines()[-1])
    assert last["event"] in ("start", "recap", "failed", "unreachable")


def test_a_cancelled_ansible_that_is_stopped_leaves_no_process_behind(started: RunFolder) -> None:
    """One that cannot hear signals, as in the middle of a system call that does not end."""
    os.kill(started.child(), 19)
    assert started.cancel("--grace", "0.3") == 0
    assert started.exit() == {"status": "cancelled", "signal": 9}
    assert of_the_run(started) == []


def test_an_ansible_without_its_wrapper_is_cancelled_with_all_it_started(started: RunFolder) -> None:
    started.started[0].kill()
    started.started[0].wait()
    assert started.cancel("--grace", "5") == 0
    assert started.exit() == {"status": "cancelled", "begun": True}
    assert of_the_run(started) == []
