"""What a server would fetch and build for minutes, handed to a test's machine ready-made and by its digest, or not at all.

The Python tools are made by the door itself at the very path that they have on a server, once for each list of packages.
The jars are those of this checkout's own build, under the digest of the sources that they were made from: sources that
differ are built on the machine.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
ON_THE_SERVER = "/opt/signalbox/tools"
KEPT = PROJECT / ".signalbox/server-tools"
# Makes the tools where a server has them: that path leads, for this process alone, to the folder that keeps them.
MAKE = f"""
set -eu
mkdir "$2/over"
mount -t tmpfs over "$2/over"
mkdir "$2/over/upper" "$2/over/work"
mount -t overlay opt -o "lowerdir=/opt,upperdir=$2/over/upper,workdir=$2/over/work" /opt
mkdir -p {ON_THE_SERVER}
mount --bind "$1" {ON_THE_SERVER}
cd "$2"
SIGNALBOX_TOOLS={ON_THE_SERVER} exec ./signalbox setup
"""
DIGEST = '. ./libexec/door/stamp.sh\n. ./libexec/door/maven.sh\nsources_of_jars | digest'


def tools(scratch: Path) -> Path:
    """The folder to be shown to a machine."""
    KEPT.mkdir(exist_ok=True)
    for name in ("libexec", "signalbox", "requirements.txt", "requirements-collections.txt"):
        source = PROJECT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, scratch / name)
    subprocess.run(
        ["unshare", "--mount", "--propagation", "private", "/bin/sh", "-c", MAKE, "sh", str(KEPT), str(scratch)],
        env={name: text for name, text in os.environ.items() if not name.startswith("SIGNALBOX_")}, check=True, timeout=900,
    )
    add_jars()
    return KEPT


def add_jars() -> None:
    """Of the app that was built last, where its sources are those that lie here now."""
    subprocess.run(["./signalbox", "build"], cwd=PROJECT, check=True, timeout=900)
    said = subprocess.run(["/bin/sh", "-euc", DIGEST], cwd=PROJECT, capture_output=True, text=True, check=True, timeout=60)
    digest = said.stdout.strip()
    place, stamp = KEPT / f"jars.{digest}", KEPT / "stamps" / f"jars.{digest}"
    if stamp.exists():
        return
    for old in KEPT.glob("jars.*"):
        shutil.rmtree(old)
    app = PROJECT / ".signalbox/app"
    place.mkdir()
    shutil.copytree(app / "lib", place / "lib")
    for name in ("signalbox.jar", "jars"):
        shutil.copy(app / name, place)
    stamp.write_text(f"{digest}\n")
