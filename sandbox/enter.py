"""A program inside the sandbox: in its namespaces and control group, as root or as the account without login."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from sandbox import identity, kernel
from sandbox.account import NAME
from sandbox.cgroup import Cgroup
from sandbox.environments import ENVIRONMENT
from sandbox.place import Place
from sandbox.trouble import Trouble

USERS = ("root", "bot")
NOT_KEPT = ("ANSIBLE_", "AWS_", "GIT_", "LC_", "PYTHON", "SIGNALBOX_")
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def run(place: Place, user: str, words: Sequence[str]) -> NoReturn:
    """Becomes that program: its exit code, its standard input and output are the caller's."""
    facts = place.facts()
    arguments = argv(place, user, words)
    group(facts).join()
    sys.stdout.flush()
    os.execve(arguments[0], arguments, environment(place, user, os.environ))


def group(facts: dict[str, object]) -> Cgroup:
    return Cgroup(Path(str(facts["group"]))).child("people").create()


def argv(place: Place, user: str, words: Sequence[str], folder: str | None = None) -> list[str]:
    """The whole command line; `folder` is the caller's unless given."""
    facts = place.facts()
    namespaces = _namespaces(place)
    entered = ["/usr/bin/nsenter", f"--mount={namespaces}/mnt", f"--net={namespaces}/net",
               f"--wdns={folder or os.getcwd()}", "--"]
    return [*entered, *(_dropped(int(facts["uid"])) if user == "bot" else []), *words]


def network(place: Place) -> None:
    """Puts the calling thread itself into the sandbox's network."""
    kernel.enter_network(_namespaces(place) / "net")


def _namespaces(place: Place) -> Path:
    place.facts()
    inside = identity.recorded(place.inside_pid)
    if inside is None:
        raise Trouble(f"the sandbox in {place.root} is not up; clear it away and make it anew: "
                      f"python -m sandbox down --dir {place.root}; python -m sandbox up --dir {place.root}")
    return Path(f"/proc/{inside.pid}/ns")


def _dropped(uid: int) -> list[str]:
    return ["/usr/bin/setpriv", f"--reuid={uid}", f"--regid={uid}", "--clear-groups", "--no-new-privs",
            "--inh-caps=-all", "--bounding-set=-all", "--"]


def environment(place: Place, user: str, outside: dict[str, str] | os._Environ[str]) -> dict[str, str]:
    """The caller's, less what names another AWS, bot, locale or proxy, and what playbooks need to reach this sandbox."""
    kept = {
        name: value for name, value in outside.items()
        if not name.startswith(NOT_KEPT) and not name.lower().endswith("_proxy")
    }
    home = place.bot if user == "bot" else place.root_home
    return {
        **kept,
        **ENVIRONMENT,
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "USER": NAME if user == "bot" else "root",
        "LOGNAME": NAME if user == "bot" else "root",
        "PATH": PATH,
        "TMPDIR": str(place.temporary),
        "ANSIBLE_PRIVATE_KEY_FILE": str(place.key),
        "PLAYBOOK_STATE": str(home / "state"),
    }
