"""Makes the sample service's repository and the bot's settings of a demo without root: DIR/settings.yml.

    small_demo.py DIR
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sandbox.repository import stream  # noqa: E402
from sandbox.settings import first_roles  # noqa: E402


def make_repository(folder: Path) -> None:
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", str(folder)], check=True, timeout=30)
    subprocess.run(["git", "-C", str(folder), "fast-import", "--quiet"], input=b"".join(stream()), check=True, timeout=30)


def settings(demo: Path, repository: Path) -> dict[str, object]:
    return {
        "demo": True,
        "state": str(demo / "bot" / "state"),
        "catalog": ["commands/small", "commands/policy.yml"],
        "chat": {"play": "on", "console": "off"},
        "gate": {"first-roles": first_roles()},
        "repositories": {"backend": f"file://{repository}"},
        # Where the playbooks keep builds and releases; without it they would use the person's home.
        "run": {"environment": {"PLAYBOOK_STATE": str(demo / "bot" / "playbooks")}},
    }


def main() -> None:
    demo = Path(sys.argv[1])
    repository = demo / "git" / "backend.git"
    make_repository(repository)
    (demo / "settings.yml").write_text(yaml.safe_dump(settings(demo, repository), sort_keys=False))


if __name__ == "__main__":
    main()
