"""A place with releases, the repository that they come from, and the builder on its socket, all of it real and small."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

LIBEXEC = Path(__file__).resolve().parents[2] / "libexec"
PROGRAM = ["/usr/bin/python3", "-I", "-S", "-E", str(LIBEXEC / "signalbox-release")]
GIT = ["git", "-c", "user.name=Olga", "-c", "user.email=olga@example.com", "-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false"]
# What the real door's build leaves: things that git ignores, which hold the folder's name.
DOOR = """#!/bin/sh
set -eu
cd "$(dirname "$0")"
case ${1-} in
    build)
        echo "building in $PWD"
        mkdir -p .signalbox
        env | sort >.signalbox/environment
        pwd >.signalbox/app
        %s
        ;;
    check)
        echo "check $*" >>"${CHECKED:-/dev/null}"
        if grep -q ill VERSION; then echo "commands/backend.yml:3: it is ill" >&2; exit 1; fi
        echo "all well"
        ;;
esac
"""
SECONDS = 60


def eventually(condition: Callable[[], object], what: str, seconds: float = 20.0) -> object:
    """Waits for a condition and gives its value."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if value := condition():
            return value
        time.sleep(0.02)
    raise AssertionError(f"{what}: not within {seconds:g} s")


def run(*words: str, cwd: Path) -> str:
    ended = subprocess.run(words, cwd=cwd, capture_output=True, text=True, timeout=SECONDS, stdin=subprocess.DEVNULL, check=False)
    assert ended.returncode == 0, f"{words}: {ended.stdout}{ended.stderr}"
    return ended.stdout.strip()


@contextmanager
def unchanged(site: Site) -> Iterator[None]:
    """What is in use, and what could be taken for a release, is afterwards as it was."""
    before = site.contents()
    yield
    assert site.contents() == before


@dataclass
class Repository:
    """The bare repository that releases come from, and a working copy to commit in."""

    bare: Path
    copy: Path
    key: Path | None = None

    @staticmethod
    def make(folder: Path) -> Repository:
        bare, copy = folder / "remote.git", folder / "copy"
        run(*GIT, "init", "--quiet", "--bare", str(bare), cwd=folder)
        run(*GIT, "clone", "--quiet", str(bare), str(copy), cwd=folder)
        return Repository(bare, copy)

    def git(self, *words: str) -> str:
        signing = ["-c", "gpg.format=ssh", "-c", f"user.signingkey={self.key}", "-c", "commit.gpgsign=true"] if self.key else []
        return run(*GIT, *signing, *words, cwd=self.copy)

    def commit(self, subject: str, build: str = "true", push: str = "HEAD:main", **files: str) -> str:
        """A commit whose `signalbox build` runs these words; `files` by their names, with `__` for `/` and `_yml` for `.yml`."""
        written = {"signalbox": DOOR % build, ".gitignore": "/.signalbox\n", "VERSION": subject, **files}
        for name, text in written.items():
            file = self.copy / name.replace("__", "/").replace("_yml", ".yml")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        (self.copy / "signalbox").chmod(0o755)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", subject)
        if push:
            self.git("push", "--quiet", "--force", "origin", push)
        return self.git("rev-parse", "HEAD")


@dataclass
class Site:
    """What the install playbook leaves: /opt/signalbox, /etc/signalbox/release.json and the builder's socket."""

    folder: Path
    repository: Repository
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def state(self) -> Path:
        return self.folder / "state"

    @property
    def socket(self) -> Path:
        return self.folder / "release.sock"

    @property
    def file(self) -> Path:
        return self.folder / "release.json"

    def settings(self, **changes: object) -> None:
        record = {"remote": f"file://{self.repository.bare}", "branch": "main", "signatures": "no", "keep": 3}
        self.file.write_text(json.dumps({**record, **changes}))
        self.file.chmod(0o644)

    def install(self, commit: str) -> None:
        """The first release."""
        self.state.mkdir(mode=0o700, exist_ok=True)
        place = self.home / "releases" / commit
        place.parent.mkdir(parents=True, exist_ok=True)
        run(*GIT, "clone", "--quiet", str(self.repository.bare), str(place), cwd=self.folder)
        run(*GIT, "checkout", "--quiet", "--detach", commit, cwd=place)
        run("./signalbox", "build", cwd=place)
        for link in ("current", "playbooks"):
            (self.home / link).symlink_to(f"releases/{commit}")

    def named(self, link: str = "current") -> str:
        return os.readlink(self.home / link)

    def client_environment(self) -> dict[str, str]:
        return {"PATH": os.environ["PATH"], "SIGNALBOX_RELEASE_SOCKET": str(self.socket)}

    def order(self, *words: str, **environment: str) -> dict:
        """By the client and the socket, as the playbooks do it."""
        ended = subprocess.run(
            [*PROGRAM, *words], env={**self.client_environment(), **environment}, capture_output=True, text=True, timeout=SECONDS,
            stdin=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        assert ended.stdout, ended.stderr
        answer = json.loads(ended.stdout)
        assert ended.returncode == (0 if "done" in answer else 1)
        return answer

    def done(self, *words: str) -> dict:
        answer = self.order(*words)
        assert "done" in answer, answer
        return answer["done"]

    def refused(self, *words: str) -> str:
        answer = self.order(*words)
        assert "refused" in answer, answer
        return answer["refused"]

    def update(self, commit: str) -> None:
        """Built and switched to, without a trial."""
        start = self.named().rpartition("/")[2]
        self.done("look", commit)
        self.done("build", commit, "--from", start)
        self.done("switch", "current", "--from", start, "--to", commit)

    def serve_argv(self) -> list[str]:
        return [*PROGRAM, "--serve", "--home", str(self.home), "--settings", str(self.file)]

    def contents(self) -> dict[str, object]:
        """All that somebody could take for a release, and what is in use."""
        return {
            "current": self.named(), "playbooks": self.named("playbooks"),
            "releases": sorted(each.name for each in (self.home / "releases").iterdir()),
            "checkouts": sorted(each.name for each in (self.home / "checkouts").glob("*")),
        }  # fmt: skip

    def remove(self, commit: str) -> None:
        shutil.rmtree(self.home / "releases" / commit)


class Socket:
    """In place of systemd's socket with Accept=yes: a process for each connection, which is its stdin."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.processes: list[subprocess.Popen] = []
        self.log = (site.folder / "builder.log").open("wb")
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(site.socket))
        self._listener.listen(8)
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection:
                environment = {"PATH": os.environ["PATH"], "HOME": str(self.site.folder), **self.site.environment}
                self.processes.append(
                    subprocess.Popen(self.site.serve_argv(), stdin=connection, stdout=self.log, stderr=self.log, env=environment)
                )

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(timeout=10)
        for process in self.processes:
            process.kill()
            process.wait(timeout=10)
        self.log.close()
