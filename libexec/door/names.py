"""Fails where a file of the project names the host of a package registry, or a path of somebody's machine.

Such a name works for one person only: mirrors, proxies and settings of each tool decide where packages come from.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

# In parts, so that this file does not hold what it looks for.
REGISTRIES = [
    ("pypi", "org"),
    ("files", "pythonhosted", "org"),
    ("maven", "apache", "org", "maven2"),
    ("repo", "maven"),
    ("repo1", "maven"),
    ("registry", "npmjs"),
    ("crates", "io"),
    ("proxy", "golang"),
    ("deb", "debian", "org"),
    ("security", "debian", "org"),
]
FORBIDDEN = {
    "a package registry's host": re.compile(r"\b(?:" + "|".join(r"[./]".join(parts) for parts in REGISTRIES) + r")\b"),
    "a path of somebody's machine": re.compile(r"(?<![\w.$}*-])/(?:work|tmp/team|home/[a-z][\w-]*)/"),
}
UNREAD = {".png", ".jpg", ".gif", ".jar", ".ico"}


def project_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], capture_output=True, check=True
    )
    names = (name for name in listed.stdout.decode().split("\0") if name)
    return [path for path in map(Path, names) if path.is_file() and path.suffix not in UNREAD]


def findings(path: Path) -> list[str]:
    found = []
    for number, line in enumerate(path.read_text(errors="replace").splitlines(), start=1):
        for what, pattern in FORBIDDEN.items():
            matched = pattern.search(line)
            if matched:
                found.append(f"{path}:{number}: names {what}: {matched.group()}")
    return found


def main() -> None:
    files = project_files()
    if not files:
        sys.exit("names: no file of the project was found, so nothing was checked")
    found = [finding for path in files for finding in findings(path)]
    print("\n".join(found), end="\n" if found else "")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
