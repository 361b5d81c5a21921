"""The demo from outside: its folder, and the commands of its sandbox."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


class NoDemo(Exception):
    """The demo is not there or does not do what it is told; no fault of the conversation."""


def default_command() -> list[str]:
    return [str(PROJECT / ".signalbox" / "venv" / "bin" / "python"), "-m", "sandbox"]


@dataclass
class Sandbox:
    folder: Path
    command: list[str] = field(default_factory=default_command)

    def __post_init__(self) -> None:
        self.folder = self.folder.absolute()
        marker = self.folder / "signalbox-demo"
        if not marker.exists():
            raise NoDemo(f"{self.folder} is not a demo: it has no file signalbox-demo")
        # Anybody may make folders below /var/tmp; files are written to this one.
        if any(path.is_symlink() or path.stat().st_uid != os.geteuid() for path in (self.folder, marker)):
            raise NoDemo(f"{self.folder} is not a demo of yours: it is a link or another account's")

    def run(self, verb: str, *arguments: str, seconds: float = 300) -> str:
        """What the verb printed."""
        argv = [*self.command, verb, *arguments]
        try:
            done = subprocess.run(
                argv, cwd=PROJECT, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace",
                timeout=seconds,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise NoDemo(f"'{' '.join(argv)}' took longer than {seconds:g} s") from error
        except OSError as error:
            raise NoDemo(f"'{argv[0]}' cannot be started: {error.strerror}") from error
        if done.returncode != 0:
            last = "\n".join((done.stderr or done.stdout).strip().splitlines()[-10:])
            raise NoDemo(f"'{' '.join(argv)}' ended with {done.returncode}:\n{last}")
        return done.stdout

    def here(self) -> list[str]:
        return ["--dir", str(self.folder)]

    def run_inside(self, *argv: str, user: str = "root", seconds: float = 300) -> str:
        """What a program printed that ran within the demo's network and files."""
        return self.run("exec", *self.here(), "--user", user, "--", *argv, seconds=seconds)

    def inside(self, argv: list[str], user: str) -> list[str]:
        """The command line for a program that runs there beside us."""
        return [*self.command, "exec", *self.here(), "--user", user, "--", *argv]

    def crew(self, verb: str, part: str) -> None:
        self.run("crew", *self.here(), verb, part)

    def process(self, name: str) -> dict | None:
        file = self.folder / "processes.json"
        try:
            return json.loads(file.read_text()).get(name)
        except (OSError, ValueError) as error:
            raise NoDemo(f"{file} cannot be read: {error}") from error

    def write(self, name: str, text: str) -> None:
        """A file of the demo, whole or not at all; readable for the bot, which runs as another account."""
        file = self.folder / name
        fresh = file.with_name(f".{file.name}.new")
        fresh.write_text(text)
        fresh.chmod(0o644)
        os.replace(fresh, file)
