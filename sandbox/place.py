"""Where things lie below a sandbox's folder, and the marker that says that the folder is one."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sandbox.trouble import Trouble

DEFAULT = Path("/var/tmp/signalbox")  # short: sockets below it must fit into 107 characters
PROJECT = Path(__file__).resolve().parent.parent
OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


@dataclass(frozen=True)
class Place:
    root: Path

    @staticmethod
    def at(folder: str | Path) -> Place:
        root = Path(os.path.abspath(folder))
        if len(str(root)) > 60:
            raise Trouble(f"{root} is too long a path for the sockets below it: give a folder of at most 60 characters")
        return Place(root)

    @property
    def marker(self) -> Path:
        return self.root / "signalbox-demo"

    @property
    def run(self) -> Path:
        return self.root / "run"

    @property
    def log(self) -> Path:
        return self.root / "log"

    @property
    def bot(self) -> Path:
        """The one folder that belongs to the account without login; its home."""
        return self.root / "bot"

    @property
    def root_home(self) -> Path:
        return self.root / "root"

    @property
    def load(self) -> Path:
        """The load's reports; the account's, since it is the account that makes the requests."""
        return self.root / "load"

    @property
    def private_etc(self) -> Path:
        return self.root / "etc"

    @property
    def machines(self) -> Path:
        return self.root / "machines"

    @property
    def key(self) -> Path:
        return self.root / "keys" / "id_ed25519"

    @property
    def repository(self) -> Path:
        return self.root / "git" / "backend.git"

    @property
    def settings(self) -> Path:
        return self.root / "settings.yml"

    @property
    def temporary(self) -> Path:
        return self.root / "tmp"

    @property
    def processes(self) -> Path:
        return self.root / "processes.json"

    @property
    def supervisor_pid(self) -> Path:
        return self.run / "supervisor.pid"

    @property
    def inside_pid(self) -> Path:
        return self.run / "inside.pid"

    @property
    def group_name(self) -> str:
        """The same for the same folder, so that `down` finds the group even when the folder is gone."""
        return "signalbox-" + hashlib.sha256(str(self.root).encode()).hexdigest()[:12]

    def refuse_foreign(self) -> None:
        """Anybody may make folders below /var/tmp: what lies in one tells nothing unless it is the caller's own."""
        for path, is_right in ((self.root, stat.S_ISDIR), (self.marker, stat.S_ISREG)):
            try:
                found = path.lstat()
            except FileNotFoundError:
                continue
            if not is_right(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & OTHERS_WRITE:
                raise Trouble(f"{path} is not yours alone (a link, another account's, or open for others to write); "
                              "nothing in it was touched. Give another folder with --dir")

    def facts(self) -> dict[str, Any]:
        """What was written into the marker: uid, gid, group, project."""
        self.refuse_foreign()
        try:
            facts = json.loads(self.marker.read_text())
        except FileNotFoundError:
            raise Trouble(f"{self.root} is no sandbox (it has no file signalbox-demo); "
                          f"make one: python -m sandbox up --dir {self.root}") from None
        except json.JSONDecodeError:
            raise Trouble(f"{self.marker} was not written by `up`: {self.root} is no sandbox") from None
        return dict(facts)
