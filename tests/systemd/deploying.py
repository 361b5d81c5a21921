"""A server whose bot deploys the sample service into a folder of the server itself: the catalog of the small demo."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from installation import ROLES, VARIABLES
from origin import Origin, git
from server import PROJECT, Server

sys.path.insert(0, str(PROJECT))

from sandbox.repository import stream  # noqa: E402

STATE = "/var/lib/signalbox/playbooks"
RUNS = "/var/lib/signalbox/runs"
GUARDED = """
commands:
  test.guarded:
    say: guarded
    help: Does nothing, when another agrees.
    risk: change
    roles: [deployer]
    approval: {by: deployer}
    timeout: 1m
    run: {program: [programs/nothing]}
"""
# A branch whose build takes long enough for an update to come in the middle of it.
SLOW = "slow"
SETTINGS: dict[str, Any] = {
    "catalog": ["commands/small", "commands/policy.yml", "commands/yourself.yml", "commands/hold.yml", "commands/guarded.yml"],
    "chat": {"play": "on"},
    "gate": {"first-roles": {**ROLES, "deployer": ["play:bert", "play:carla"]}},
    "run": {"environment": {"PLAYBOOK_STATE": STATE}},
}


def install(server: Server, origin: Origin) -> None:
    """The bot, and a git repository of the service beside its own, by the same deploy key."""
    # The machine's launcher covers /proc/sys; a kernel gives bubblewrap no /proc of its own below such a cover.
    server.root("umount", "--lazy", "/proc/sys")
    make_service(origin.bare.parent / "backend.git")
    origin.commits("A command that needs another", {"commands/guarded.yml": GUARDED, "programs/nothing": "#!/bin/sh\nexec true\n"})
    server.knows_a_deploy_key()
    (key,) = server.deploy_keys.values()
    code, said = server.plays("signalbox_install.yml", variables={
        **VARIABLES,
        "signalbox_install_settings": SETTINGS,
        "signalbox_install_repositories": {"backend": "git@127.0.0.1:/srv/git/backend.git"},
        "signalbox_install_deploy_keys": {"signalbox": key, "backend": key},
    })  # fmt: skip
    assert code == 0, said


def make_service(bare: Path) -> None:
    git("init", "--quiet", "--bare", "--initial-branch=main", str(bare))
    subprocess.run(["git", "-C", str(bare), "fast-import", "--quiet"], input=b"".join(stream()), check=True, timeout=60)
    copy = bare.parent / "service"
    git("clone", "--quiet", str(bare), str(copy))
    build = copy / "build"
    build.write_text(build.read_text().replace("def main() -> None:\n", "def main() -> None:\n    time.sleep(90)\n").replace("import tarfile\n", "import tarfile\nimport time\n"))
    git("-C", str(copy), "commit", "--quiet", "--all", "--message", "A build that takes long")
    git("-C", str(copy), "push", "--quiet", "origin", f"HEAD:refs/heads/{SLOW}")


def runs(server: Server) -> set[str]:
    """The ids of the runs that have a folder."""
    return set(server.root("ls", RUNS).split())
