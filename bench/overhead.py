"""What the bot adds to a playbook: the wall time of a command in chat, against the same ansible-playbook by hand.

Both run in turn, in one sandbox, with the same arguments, environment and folder: a playbook that does nothing, and ten
tasks over SSH on four machines.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from sandbox import status  # noqa: E402
from sandbox.place import Place  # noqa: E402

HERE = Path(__file__).resolve().parent / "overhead"
MACHINES = 4
# Conversations take the databases from 1 on, and leave the last of the thousand.
BRAIN = 999
SHARED = ("ansible.cfg", "callback_plugins", "libexec")
DOOR = str(PROJECT / "signalbox")


@contextmanager
def demo(folder: str | None) -> Iterator[Place]:
    """The one that is named, or one of its own that is gone afterwards."""
    if folder is not None:
        yield Place.at(folder)
        return
    kept = subprocess.run([DOOR, "demo", "--keep"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    try:
        yield Place.at(kept)
    finally:
        subprocess.run([DOOR, "demo", "--stop", kept], check=True)


def bench_project(place: Place) -> Path:
    """A project folder with the benchmark's own catalog, playbooks and machines, for the bot and by hand alike."""
    project = place.bot / "bench"
    shutil.rmtree(project, ignore_errors=True)
    shutil.copytree(HERE, project, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
    for name in SHARED:
        source = PROJECT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, project / name)
    inventory = project / "inventory" / "bench"
    inventory.mkdir(parents=True)
    (inventory / "hosts.yml").write_text(json.dumps({"machines": {"hosts": machines(place)}}))
    owner = place.bot.stat()
    for path in (project, *project.rglob("*")):
        os.chown(path, owner.st_uid, owner.st_gid)
    return project


def machines(place: Place) -> dict[str, dict[str, str]]:
    running = sorted((each for each in status.fetch(place)["instances"] if each["machine"]), key=lambda each: each["id"])
    if len(running) < MACHINES:
        sys.exit(f"bench overhead: {MACHINES} machines are needed and the sandbox has {len(running)}")
    known = f"-o HostKeyAlias={{{{ inventory_hostname }}}} -o UserKnownHostsFile={place.bot}/bench-known-hosts"
    return {each["id"]: {"ansible_host": each["address"], "ansible_ssh_common_args": known}
            for each in running[:MACHINES]}


def measure(place: Place, rounds: int) -> list[dict[str, Any]]:
    project = bench_project(place)
    overrides = place.bot / "overrides.yml"
    overrides.write_text(json.dumps({"code": str(project), "catalog": ["commands"], "redis.uri": f"redis://127.0.0.1:6379/{BRAIN}",
                                     "kafka.topic": "signalbox.bench"}))
    overrides.chmod(0o644)
    inside = [sys.executable, "-m", "sandbox", "exec", "--dir", str(place.root), "--user", "bot", "--",
              sys.executable, str(HERE / "paired.py"), str(place.bot / "state"), str(rounds)]
    restart_bot(place)
    try:
        told = subprocess.run(inside, cwd=PROJECT, check=True, stdout=subprocess.PIPE, text=True).stdout
    finally:
        overrides.write_text("{}")
        restart_bot(place)
    return json.loads(told)


def restart_bot(place: Place) -> None:
    for verb in ("stop", "start"):
        subprocess.run([sys.executable, "-m", "sandbox", "crew", "--dir", str(place.root), verb, "bot"],
                       cwd=PROJECT, check=True, stdout=sys.stderr)


def tell(pairs: list[dict[str, Any]], as_json: bool) -> None:
    def of(playbook: str, key: str) -> float:
        return median(pair[key] for pair in pairs if pair["playbook"] == playbook)

    ratio = median(pair["bot"] / pair["hand"] for pair in pairs if pair["playbook"] == "ten")
    extra = median(pair["bot"] - pair["hand"] for pair in pairs if pair["playbook"] == "trivial") * 1000
    if as_json:
        print(json.dumps({"name": "overhead", "ratio": round(ratio, 3), "trivial_extra_ms": round(extra), "pairs": pairs}))
        return
    print(f"{'playbook':<10}{'round':>6}{'by hand s':>12}{'by bot s':>12}{'ratio':>8}")
    for pair in pairs:
        print(f"{pair['playbook']:<10}{pair['round']:>6}{pair['hand']:>12.2f}{pair['bot']:>12.2f}"
              f"{pair['bot'] / pair['hand']:>8.3f}")
    for playbook in ("trivial", "ten"):
        print(f"{playbook:<10}{'median':>6}{of(playbook, 'hand'):>12.2f}{of(playbook, 'bot'):>12.2f}")
    print(f"overhead ratio={ratio:.3f} trivial_extra_ms={extra:.0f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dir", help="a demo that runs; without it one is made and taken away")
    parser.add_argument("--rounds", type=int, default=8, help="pairs of each playbook (%(default)s)")
    parser.add_argument("--json", action="store_true")
    said = parser.parse_args()
    with demo(said.dir) as place:
        tell(measure(place, said.rounds), said.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
