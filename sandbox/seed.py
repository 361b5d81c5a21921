"""Makes version 1 live in every environment, by the playbooks and command lines that a person would use."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sandbox import background, settings, status
from sandbox.environments import ENVIRONMENTS
from sandbox.place import PROJECT, Place
from sandbox.trouble import Trouble

VERSION = "v1.0.0"
PLAYBOOK_SECONDS = 600


def seed(place: Place, say: Callable[[str], None]) -> None:
    live = {each["tags"].get("environment") for each in status.fetch(place)["instances"]
            if each["tags"].get("state") == "live"}
    for name in sorted(filter(None, live)):
        say(f"{name} is live already")
    wanted = [each.name for each in ENVIRONMENTS if each.name not in live]
    with ThreadPoolExecutor(max_workers=len(ENVIRONMENTS)) as pool:
        outcomes = [pool.submit(_environment, place, name, say) for name in wanted]
    problems = [error for outcome in outcomes if (error := outcome.exception()) is not None]
    if problems:
        raise Trouble("\n".join(str(problem) for problem in problems))


def _environment(place: Place, name: str, say: Callable[[str], None]) -> None:
    begun = time.monotonic()
    for verb, more in (("deploy", {"git_ref": VERSION, "git_repository": settings.repository_url(place)}), ("swap", {})):
        play(place, name, playbook_words(f"backend_{verb}.yml", name, more))
    say(f"{name} serves {VERSION} after {time.monotonic() - begun:.0f} s")


def playbook_words(playbook: str, environment: str, more: dict[str, str]) -> list[str]:
    tools = Path(sys.executable).parent
    variables = json.dumps({"target_environment": environment, **more})
    return [sys.executable, str(tools / "ansible-playbook"), "-i", f"inventory/{environment}",
            f"playbooks/{playbook}", "-e", variables]


def play(place: Place, environment: str, words: list[str]) -> None:
    """Runs a playbook as the account; its words and what it says are in DIR/log/seed-ENVIRONMENT.log."""
    name = f"seed-{environment}"
    entered = [sys.executable, "-m", "sandbox", "exec", "--dir", str(place.root), "--user", "bot", "--"]
    with (place.log / f"{name}.log").open("a") as log:
        print("$", shlex.join(words), file=log, flush=True)
        ended = subprocess.run([*entered, *words], cwd=PROJECT, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                               timeout=PLAYBOOK_SECONDS, check=False, start_new_session=True)
    if ended.returncode != 0:
        raise Trouble(f"{environment}: a playbook ended with {ended.returncode}; the end of {place.log / name}.log:\n"
                      f"{background.last_words(place, name, 30)}")
