"""What the tests have installed on their server: the settings, and a command that a test holds."""

from __future__ import annotations

from typing import Any

# Says that it goes on until a file lets it end, so that a test decides how long it is under way.
HOLD = """#!/usr/bin/python3
import pathlib
import time

print("holding", flush=True)
while not pathlib.Path("/var/lib/signalbox/go-on").exists():
    time.sleep(0.05)
print("went on", flush=True)
"""
COMMAND = """
commands:
  test.hold:
    say: hold on
    help: Goes on until the test lets it end.
    risk: change
    roles: [deployer]
    lock: hold
    timeout: 10m
    run: {program: [programs/hold]}
"""
# What this machine's Maven has fetched before, to be read there: a server of a test has no network.
MAVEN = "/srv/maven"
ROLES = {"admin": ["play:olga"], "deployer": ["play:bert"], "operator": ["play:bert", "play:carla"]}
VARIABLES: dict[str, Any] = {
    "signalbox_install_repository": "git@127.0.0.1:/srv/git/signalbox.git",
    "signalbox_install_build_environment": {
        "MAVEN_USER_HOME": MAVEN,
        "MAVEN_ARGS": f"--offline -Dmaven.repo.local.tail={MAVEN}/repository",
    },
    "signalbox_install_settings": {"chat": {"play": "on"}, "gate": {"first-roles": ROLES}},
}
