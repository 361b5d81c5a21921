"""What a demo is told: its processes, its settings, and the environment of its shell."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]
DOOR = PROJECT / "libexec" / "door"


def write(script: str, *arguments: str, **more: str) -> str:
    argv = [sys.executable, str(DOOR / script), *arguments]
    done = subprocess.run(argv, cwd=PROJECT, env={**os.environ, **more}, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    (tmp_path / "bot").mkdir()
    return tmp_path


def test_the_crew_is_told_how_to_start_each_part_and_when_it_is_ready(demo: Path) -> None:
    write("demo_processes.py", str(demo), "/app/java.args")
    parts = json.loads((demo / "processes.json").read_text())
    assert set(parts) == {"kafka", "redis", "bot"}
    for part in parts.values():
        assert Path(part["argv"][0]).is_absolute() and os.access(part["argv"][0], os.X_OK)
        assert part["cwd"] == str(PROJECT)
    assert parts["bot"]["ready"] == {"file": f"{demo}/bot/state/ready"}
    assert parts["kafka"]["ready"] == {"tcp": "127.0.0.1:9092"}


def test_what_a_conversation_sets_wins_over_everything_else(demo: Path) -> None:
    write("demo_processes.py", str(demo), "/app/java.args")
    argv = json.loads((demo / "processes.json").read_text())["bot"]["argv"]
    files = [argv[at + 1] for at, word in enumerate(argv) if word == "--settings"]
    assert files[0] == f"{demo}/settings.yml"
    assert files[-1] == f"{demo}/bot/overrides.yml"
    assert yaml.safe_load(Path(files[-1]).read_text()) == {}


def test_the_small_demo_deploys_a_service_from_a_repository_of_its_own(demo: Path) -> None:
    write("small_demo.py", str(demo))
    settings = yaml.safe_load((demo / "settings.yml").read_text())
    assert settings["demo"] is True
    url = settings["repositories"]["backend"]
    refs = subprocess.run(["git", "ls-remote", url], capture_output=True, text=True, check=True).stdout
    assert "refs/heads/main" in refs and "refs/tags/v1.0.0" in refs
    for path in (settings["state"], settings["run"]["environment"]["PLAYBOOK_STATE"]):
        assert Path(path).is_relative_to(demo)


def test_no_variable_of_the_playbooks_is_a_setting_of_the_bot() -> None:
    """What a person exports for playbooks by hand must not move the bot that is started in the same shell."""
    folders = (PROJECT / "playbooks", PROJECT / "roles", PROJECT / "inventory")
    files = [path for folder in folders for path in folder.rglob("*.yml")]
    named = {name for path in files for name in re.findall(r"ansible\.builtin\.env', '(\w+)'", path.read_text())}
    assert "PLAYBOOK_STATE" in named
    assert not [name for name in named if name.startswith("SIGNALBOX_")]


def test_its_shell_has_what_a_run_has_and_nothing_of_the_callers(demo: Path) -> None:
    secret = demo / "token"
    secret.write_text("s3cret\n")
    settings = {
        "run": {
            "environment": {"AWS_ENDPOINT_URL": "http://127.0.0.1:4566"},
            "environment-files": {"TOKEN": str(secret)},
            "ssh-key": "/keys/id",
        }
    }
    (demo / "settings.yml").write_text(yaml.safe_dump(settings))
    argv = [sys.executable, str(DOOR / "demo_shell.py"), str(demo)]
    shell = subprocess.run(
        argv,
        cwd=PROJECT,
        env={"PATH": os.environ["PATH"], "AWS_PROFILE": "the-callers", "TERM": "xterm"},
        input="env\n",
        capture_output=True,
        text=True,
        timeout=60,
    )
    lines = set(shell.stdout.splitlines())
    assert {"AWS_ENDPOINT_URL=http://127.0.0.1:4566", "TOKEN=s3cret", "ANSIBLE_PRIVATE_KEY_FILE=/keys/id"} <= lines
    assert f"HOME={demo}/bot" in lines
    assert not [line for line in lines if line.startswith("AWS_PROFILE")]
