"""python -m chaos.sabotage --app DIR [NAME…]: runs a campaign with a bot that is broken so, and tells what caught it.

The changed script lies in a folder of its own in front of the class path: the bot itself has no switch for this. Exit status
0: every break was caught by the check that is there for it, in one campaign of three; 1: one was not.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from chaos.auditor.audit import audit
from chaos.auditor.evidence import Evidence
from chaos.place import PROJECT
from chaos.sabotage.breaks import BREAKS, Break, named

LIMIT = 600.0
# A campaign is short, and people say less in it on a machine that is busy: a break may well not come to light in the first.
TRIES = 3
SCRIPTS = PROJECT / "src" / "main" / "resources"
CLASS_PATH = re.compile(r'^-cp\n"', re.MULTILINE)
ARCHIVE = re.compile(r"^-XX:SharedArchiveFile=.*\n|^-Xlog:cds.*\n", re.MULTILINE)
KEPT = re.compile(r"the evidence is in (\S+)")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--app", type=Path, required=True, help="the folder of the bot's build")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(each.name for each in BREAKS))
    said = parser.parse_args()
    breaks = [named(name) for name in said.names] or list(BREAKS)
    escaped = [each.name for each in breaks if not any(is_caught(each, said.app) for _ in range(TRIES))]
    if escaped:
        print(f"not caught: {', '.join(escaped)}")
    return 1 if escaped else 0


def is_caught(broken: Break, app: Path) -> bool:
    """By the check that is there for it, whatever else it sets off."""
    scratch = Path(tempfile.mkdtemp(prefix="signalbox-sabotage-", dir="/var/tmp"))
    try:
        told = subprocess.run(
            [sys.executable, "-m", "chaos", "--app", str(app), "--java-arguments", str(arguments(broken, app, scratch)),
             "--minutes", str(broken.minutes), "--keep", *(["--calm"] if broken.seed is None else ["--seed", str(broken.seed)])],
            cwd=PROJECT, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LIMIT,
        )  # fmt: skip
    finally:
        shutil.rmtree(scratch)
    kept = KEPT.search(told.stderr)
    if kept is None:
        sys.exit(f"{broken.name}: the campaign did not come to its end\n{told.stderr[-2000:]}")
    folder = Path(kept[1])
    findings = audit(Evidence(folder / "evidence"))
    caught: dict[tuple[int, str], int] = {}
    for violation in findings.violations:
        caught[violation.promise, violation.check] = caught.get((violation.promise, violation.check), 0) + 1
    print(f"{broken.name}: {broken.what}")
    for (promise, check), count in sorted(caught.items(), key=lambda each: -each[1]):
        print(f"    {'*' if (promise, check) == broken.caught_by else ' '} {promise} {check}: {count}")
    sys.stdout.flush()
    shutil.rmtree(folder)
    is_found = broken.caught_by in caught and told.returncode == 1
    if not is_found:
        print(f"    not caught by {broken.caught_by}")
    return is_found


def arguments(broken: Break, app: Path, scratch: Path) -> Path:
    """Java's arguments of the build, with the changed scripts before all others and without the archive of the true ones."""
    for change in broken.changes:
        script = Path("io/signalbox") / change.script
        changed = scratch / script
        changed.parent.mkdir(parents=True, exist_ok=True)
        changed.write_text(change.apply((SCRIPTS / script).read_text()))
    text, count = CLASS_PATH.subn(f'-cp\n"{scratch}:', (app / "java.args").read_text())
    if count != 1:
        raise ValueError(f"{app}/java.args names no class path")
    file = scratch / "java.args"
    file.write_text(ARCHIVE.sub("", text))
    return file


if __name__ == "__main__":
    sys.exit(main())
