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
    group: Path

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
            said = json.loads(line)
            server = Server(folder, holder, said["pid"], Path(said["group"]))
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

    def knows_the_deploy_key(self) -> None:
        """The one that was made on this server."""
        self.lets_in(self.root("cat", "/var/lib/signalbox-build/.ssh/signalbox.pub"))

    def knows_a_deploy_key(self) -> None:
        """One that its operator has."""
        keys.create(self.folder / "deploy", "signalbox")
        self.lets_in(keys.public(self.folder / "deploy"))

    @property
    def deploy_keys(self) -> dict[str, str]:
        return {"signalbox": (self.folder / "deploy").read_text()}

    def lets_in(self, key: str) -> None:
        self.writes(f"{GIT_HOME}/.ssh/authorized_keys", key + "\n")

    def has_the_tools(self) -> None:
        """Those that were made for it, where the builder's account will find them."""
        self.root("useradd", "--system", "--home-dir", "/var/lib/signalbox-build", "--shell", "/usr/sbin/nologin", "signalbox-build")
        self.root("mkdir", "-p", "/opt/signalbox")
        self.root("cp", "-a", "/srv/tools", "/opt/signalbox/tools")
        self.root("chown", "-R", "signalbox-build:signalbox-build", "/opt/signalbox/tools")

    def writes(self, path: str, text: str) -> None:
        self.root("tee", path, says=text)

    def root(self, *argv: str, says: str = "", fails: bool | None = False, seconds: float = 60, user: str = "root") -> str:
        """Runs a program in the machine; gives what it printed. `fails`: whether it has to; None where either will do."""
        inside = ["nsenter", f"--target={self.pid}", "--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup", "--root", "--wd", "--"]
        become = [] if user == "root" else ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups", "--"]
        ended = subprocess.run([*inside, *become, *argv], input=says, env=PLAIN, capture_output=True, text=True, timeout=seconds, check=False)
        assert fails is None or (ended.returncode != 0) == fails, f"{argv}: {ended.returncode}\n{ended.stdout}\n{ended.stderr}"
        return ended.stdout if not fails else ended.stdout + ended.stderr

    @property
    def play_socket(self) -> str:
        """As it is reached from here: by the machine's own file system."""
        return f"/proc/{self.pid}/root/var/lib/signalbox/play.sock"

    def processes(self, unit: str) -> dict[int, int]:
        """Those in a service's cgroup: the number that each has here, by its number on the server."""
        inside = self.root("systemctl", "show", "--property", "ControlGroup", "--value", unit).strip()
        if not inside:
            return {}
        found = {}
        for pid in map(int, Path(f"{self.group}{inside}/cgroup.procs").read_text().split()):
            status = Path(f"/proc/{pid}/status").read_text()
            numbers = next(line for line in status.splitlines() if line.startswith("NSpid:")).split()
            found[int(numbers[-1])] = pid
        return found

    def units(self, pattern: str) -> list[str]:
        lines = self.root("systemctl", "list-units", "--plain", "--no-legend", "--all", pattern).splitlines()
        return [line.split()[0] for line in lines]

    def main(self, unit: str = "signalbox") -> int:
        return int(self.shows(unit, "MainPID"))

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
