"""The playbooks as a person would start them in the sandbox, without the bot."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path

from sandbox import background, settings
from sandbox.place import PROJECT, Place
from sandbox.trouble import Trouble

SECONDS = 900


def deploy(place: Place, environment: str, ref: str) -> list[str]:
    return words("deploy", environment, {"git_ref": ref, "git_repository": settings.repository_url(place)})


def words(verb: str, environment: str, more: dict[str, str] | None = None) -> list[str]:
    playbook = str(Path(sys.executable).parent / "ansible-playbook")
    variables = json.dumps({"target_environment": environment, **(more or {})})
    return [sys.executable, playbook, "-i", f"inventory/{environment}", f"playbooks/backend_{verb}.yml",
            "-e", variables]


def entered(place: Place, line: list[str]) -> list[str]:
    """The same line, run inside as the account without login."""
    return [sys.executable, "-m", "sandbox", "exec", "--dir", str(place.root), "--user", "bot", "--", *line]


def run(place: Place, name: str, line: list[str], seconds: float = SECONDS) -> None:
    """The line and what it says go to DIR/log/NAME.log."""
    with (place.log / f"{name}.log").open("a") as log:
        print("$", shlex.join(line), file=log, flush=True)
        ended = subprocess.run(line, cwd=PROJECT, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                               timeout=seconds, check=False, start_new_session=True)
    if ended.returncode != 0:
        raise Trouble(f"this ended with {ended.returncode}: {shlex.join(line)}\n"
                      f"the end of {place.log / name}.log:\n{background.last_words(place, name, 30)}")
