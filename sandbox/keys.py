"""SSH keys of the sandbox: one that Ansible logs in with, one for each machine to be known by."""

from __future__ import annotations

import subprocess
from pathlib import Path


def create(file: Path, comment: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", str(file)],
            check=True, stdin=subprocess.DEVNULL, timeout=20,
        )


def public(file: Path) -> str:
    return file.with_name(file.name + ".pub").read_text().strip()
