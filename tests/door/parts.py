"""Single parts of the door (libexec/door/*.sh) in a shell of their own, with the rest replaced by what a test says."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def part(names: str, script: str, *words: str, folder: Path = PROJECT, **more: str) -> subprocess.CompletedProcess[str]:
    """Reads the parts of these names, then the script; the words are its $1 and so on."""
    read = "".join(f". {PROJECT}/libexec/door/{name}.sh\n" for name in names.split())
    return subprocess.run(
        ["/bin/sh", "-eu", "-s", "--", *words],
        input=f"private=$PWD\n{read}{script}",
        cwd=folder,
        env={"PATH": os.environ["PATH"], **more},
        capture_output=True,
        text=True,
        timeout=60,
    )
