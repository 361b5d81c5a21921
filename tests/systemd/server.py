"""One server for a test: a real machine, a git server in it, and the project's own playbooks and programs over SSH."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sandbox import keys  # noqa: E402
from sandbox.instance import SSHD  # noqa: E402
from sandbox.machine import File, Login, Specification  # noqa: E402

PROJECT = Path(__file__).resolve().parents[2]
VENV = PROJECT / ".signalbox/venv/bin"
PLAIN = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "HOME": "/root"}
GIT_HOME = "/home/git"


@dataclass
class Server:
    folder: Path
    holder: subprocess.Popen[str]
    pid: int

    @staticmethod
    @contextmanager
    def up(shown: Mapping[str, Path], disk_megabytes: int = 3000) -> Iterator[Server]:
        folder = Path(tempfile.mkdtemp(prefix="sb-server-", dir="/var/tmp"))
        with (folder / "holder.log").open("w") as log:
            holder = subprocess.Popen(
                ["unshare", "--mount", "--net", "--propagation", "private", sys.executable, str(PROJECT / "tests/systemd/holder.py")],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True, start_new_session=True,
            )
        try:
            assert holder.stdin and holder.stdout
            order = {"name": f"signalbox-test-{os.getpid()}-{folder.name}", "folder": str(folder),
                     "specification": asdict(specification(folder, shown, disk_megabytes))}
            holder.stdin.write(json.dumps(order) + "\n")
            holder.stdin.flush()
            line = holder.stdout.readline()
            assert line, f"no machine: {(folder / 'holder.log').read_text()}"
            server = Server(folder, holder, json.loads(line)["pid"])
            server.becomes_a_git_server()
            yield server
        finally:
            assert holder.stdin
            holder.stdin.close()
            holder.wait(60)
            shutil.rmtree(folder)

    def becomes_a_git_server(self) -> None:
        """For an account `git` that serves what lies in /srv/git, and to whom a deploy key must be given first."""
        self.root("useradd", "--create-home", "--home-dir", GIT_HOME, "--shell", "/usr/bin/git-shell", "--password", "*", "git")
        self.root("install", "-d", "-m", "700", "-o", "git", "-g", "git", f"{GIT_HOME}/.ssh")
        self.writes(f"{GIT_HOME}/.gitconfig", "[safe]\n\tdirectory = *\n")

    def knows_the_deploy_keys(self) -> None:
        self.writes(f"{GIT_HOME}/.ssh/authorized_keys", self.root("cat", "/var/lib/signalbox-build/.ssh/signalbox.pub"))

    def writes(self, path: str, text: str) -> None:
        self.root("tee", path, says=text)

    def root(self, *argv: str, says: str = "", fails: bool | None = False, seconds: float = 60, user: str = "root") -> str:
        """Runs a program in the machine; gives what it printed. `fails`: whether it has to; None where either will do."""
        inside = ["nsenter", f"--target={self.pid}", "--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup", "--root", "--wd", "--"]
        become = [] if user == "root" else ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups", "--"]
        ended = subprocess.run([*inside, *become, *argv], input=says, env=PLAIN, capture_output=True, text=True, timeout=seconds, check=False)
        assert fails is None or (ended.returncode != 0) == fails, f"{argv}: {ended.returncode}\n{ended.stdout}\n{ended.stderr}"
        return ended.stdout if not fails else ended.stdout + ended.stderr

    def reads(self, path: str) -> str:
        return self.root("cat", path)

    def link(self, name: str) -> str:
        """The commit that a link in the folder of releases names."""
        return self.root("readlink", f"/opt/signalbox/{name}").strip().rpartition("/")[2]

    def shows(self, unit: str, key: str) -> str:
        return self.root("systemctl", "show", "--property", key, "--value", unit).strip()

    def journal(self, unit: str = "signalbox") -> str:
        return self.root("journalctl", "--no-pager", "--output", "cat", "--unit", unit)

    def plays(self, playbook: str, *words: str, variables: Mapping[str, Any] | None = None, seconds: float = 900) -> tuple[int, str]:
        """A playbook of the project against this server, as from another machine."""
        inventory = self.folder / "inventory.yml"
        inventory.write_text(json.dumps({"all": {"children": {"signalbox": {"hosts": {"server": {
            "ansible_host": "127.0.0.1", "ansible_user": "admin", "ansible_ssh_private_key_file": str(self.folder / "key"),
            **(variables or {}),
        }}}}}}))
        environment = {**PLAIN, "HOME": str(self.folder), "ANSIBLE_NOCOLOR": "1", "ANSIBLE_HOME": str(self.folder / "ansible"),
                       "ANSIBLE_COLLECTIONS_PATH": str(PROJECT / ".signalbox/collections")}
        ended = subprocess.run(
            ["nsenter", f"--target={self.holder.pid}", "--net", "--", str(VENV / "python"), str(VENV / "ansible-playbook"), "-i", str(inventory),
             f"playbooks/{playbook}", *words],
            cwd=PROJECT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            timeout=seconds, check=False,
        )
        return ended.returncode, ended.stdout


def specification(folder: Path, shown: Mapping[str, Path], disk_megabytes: int) -> Specification:
    for name in ("key", "host_key"):
        keys.create(folder / name, name)
    sshd = SSHD.format(address="127.0.0.1")
    return Specification(
        hostname="server",
        login=Login("admin", 1000, keys.public(folder / "key") + "\n"),
        files={
            "/etc/ssh/sshd_config": File(sshd),
            "/etc/ssh/ssh_host_ed25519_key": File((folder / "host_key").read_text(), 0o600),
            "/etc/ssh/ssh_host_ed25519_key.pub": File(keys.public(folder / "host_key") + "\n"),
            "/etc/sudoers.d/90-cloud-init-users": File("admin ALL=(ALL) NOPASSWD:ALL\n", 0o440),
        },
        units=("ssh.service",),
        shown={path: str(host) for path, host in shown.items()},
        disk_megabytes=disk_megabytes,
    )


def wait_until(holds: Callable[[], object], seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.2)
