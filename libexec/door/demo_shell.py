"""A shell with the environment that the bot of a demo gives its runs, so that a line of `explain` can be pasted.

    demo_shell.py DIR
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import yaml

PASSED_ON = ("TERM", "COLORTERM", "COLUMNS", "LINES")


def environment(demo: Path) -> dict[str, str]:
    settings = yaml.safe_load((demo / "settings.yml").read_text())
    run = settings.get("run", {})
    found = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    found |= {
        "LANG": "C.UTF-8",
        "HOME": str(demo / "bot"),
        "PATH": f"{Path.cwd()}/.signalbox/venv/bin:/usr/local/bin:/usr/local/sbin:/usr/bin:/usr/sbin:/bin:/sbin",
        "PS1": "demo$ ",
        # Here ./signalbox explain and audit tail are about the demo.
        "DEMO_FOLDER": str(demo),
    }
    found |= {name: str(value) for name, value in run.get("environment", {}).items()}
    for name, file in run.get("environment-files", {}).items():
        found[name] = Path(file).read_text().rstrip("\n")
    if "ssh-key" in run:
        found["ANSIBLE_PRIVATE_KEY_FILE"] = str(run["ssh-key"])
    return found


def main() -> None:
    demo = Path(sys.argv[1])
    print("This shell is inside the demo; what './signalbox explain …' prints can be pasted here. 'exit' leaves it.", flush=True)
    os.execve("/bin/bash", ["bash", "--norc", "--noprofile"], environment(demo))


if __name__ == "__main__":
    main()
