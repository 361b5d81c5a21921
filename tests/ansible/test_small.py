"""The small environment for real: a git repository, a build, two releases and the link that says which one is in use."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from playbook_runs import PROJECT, Ran

Run = Callable[..., Ran]
# As on a kernel, or in a container, that forbids them: a namespace in which no further one can be made.
NO_NAMESPACES = (
    "unshare", "--user", "--map-root-user", "/bin/sh", "-euc",
    'echo 0 >/proc/sys/user/max_user_namespaces; exec "$@"', "sh",
)  # fmt: skip
GIT = ["git", "-c", "user.name=Anna", "-c", "user.email=anna@example.com", "-c", "init.defaultBranch=main"]
# It looks for whatever its account could read: variables of processes, the folder of the playbooks, a file of secrets.
BUILD = """#!/bin/sh
set -eu
{{ env; cat /proc/[0-9]*/environ; ls -R {state} {secret}; cat {secret}; cat /proc/[0-9]*/cmdline; }} > environment 2>&1 || true
printf '%s' "$1" > VERSION
mkdir dist
tar -czf dist/backend.tar.gz bin VERSION environment
"""
SERVER = """#!/usr/bin/python3
import http.server, json, os, pathlib

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps({"version": pathlib.Path("VERSION").read_text()}).encode()
        self.send_response(%d)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

http.server.HTTPServer((os.environ["ADDRESS"], int(os.environ["PORT"])), Handler).serve_forever()
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Tags v1 and v2, a branch whose service is ill, and one that does not build."""
    folder = tmp_path / "repository"
    (folder / "bin").mkdir(parents=True)

    def git(*words: str) -> None:
        subprocess.run([*GIT, *words], cwd=folder, check=True, timeout=30, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    def write(name: str, text: str) -> None:
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)

    git("init", "--quiet")
    (tmp_path / "secret").write_text("hidden in a file")
    write("build", BUILD.format(state=tmp_path / "state", secret=tmp_path / "secret"))
    write("bin/server", SERVER % 200)
    for tag in ("v1", "v2"):
        (folder / "said").write_text(tag)
        git("add", "--all")
        git("commit", "--quiet", "-m", tag)
        git("tag", "-a", tag, "-m", tag)
    linking = f"#!/bin/sh\nmkdir dist\nln -s {tmp_path}/secret dist/backend.tar.gz\n"
    for branch, name, text in (
        ("ill", "bin/server", SERVER % 503),
        ("unbuildable", "build", "#!/bin/sh\necho no compiler >&2\nexit 3\n"),
        ("linking", "build", linking),
    ):
        git("checkout", "--quiet", "-b", branch, "main")
        write(name, text)
        git("commit", "--quiet", "--all", "-m", branch)
    return folder


@pytest.fixture
def say(run: Run, repository: Path) -> Callable[..., Ran]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    def verb(word: str, **variables: str) -> Ran:
        given = {"target_environment": "small", "git_repository": f"file://{repository}", "small_port": port, **variables}
        return run(f"playbooks/small_{word}.yml", "-i", "inventory/small", variables=given, AWS_SECRET_ACCESS_KEY="hidden")

    return verb


def links(tmp_path: Path) -> dict[str, str]:
    folder = tmp_path / "state" / "small"
    return {name: os.path.basename(os.readlink(folder / name)) for name in ("current", "staged", "previous") if (folder / name).is_symlink()}


def failure(ran: Ran) -> str:
    assert ran.code == 2, ran.output
    return " ".join(ran.of("failed")[-1]["msg"].split())


def test_deploys_swaps_and_rolls_back(say: Callable[..., Ran], tmp_path: Path) -> None:
    assert "there is no previous release" in failure(say("rollback"))
    assert "nothing is staged" in failure(say("swap"))

    staged = say("deploy", git_ref="v1")
    assert staged.code == 0, staged.output
    assert staged.of("recap")[0]["stats"]["version"] == "v1"
    assert links(tmp_path) == {"staged": "v1"}
    assert "v1 is staged already" in failure(say("deploy", git_ref="v2"))

    for word, seen in (
        ("swap", {"current": "v1"}),
        ("deploy", {"current": "v1", "staged": "v2"}),
        ("swap", {"current": "v2", "previous": "v1"}),
        ("rollback", {"current": "v1", "staged": "v2"}),
    ):
        assert say(word, git_ref="v2").code == 0
        assert links(tmp_path) == seen, word

    release = tmp_path / "state" / "small" / "current"
    seen = (release / "environment").read_text()
    assert f"cannot access '{tmp_path}/secret'" in seen, "the build did not look"
    assert "hidden" not in seen, "the build saw secrets of the account"
    assert "known_hosts" not in seen and "async" not in seen, "the build saw other files of the account"
    assert "ansible" not in seen, "the build saw other processes"
    assert not list((tmp_path / "state" / "builds").iterdir()), "a working copy was left"


def test_what_is_ill_is_not_offered(say: Callable[..., Ran], tmp_path: Path) -> None:
    message = failure(say("deploy", git_ref="ill"))

    assert "was answered 503" in message
    assert "it should be 200 and, as application/json, version v2-1-g" in message
    assert links(tmp_path) == {}


def test_what_does_not_build_says_why(say: Callable[..., Ran], tmp_path: Path) -> None:
    ran = say("deploy", git_ref="unbuildable")

    assert ran.code == 2
    assert ran.of("failed")[-1]["stderr"].strip() == "no compiler"
    assert links(tmp_path) == {}


def test_builds_nothing_where_the_kernel_allows_no_walls(run: Run, repository: Path, tmp_path: Path) -> None:
    variables = {"target_environment": "small", "git_repository": f"file://{repository}", "git_ref": "v1"}
    ran = run("playbooks/small_deploy.yml", "-i", "inventory/small", variables=variables, inside=NO_NAMESPACES)

    assert "cannot keep it apart from this account's secrets: bwrap: " in failure(ran)
    assert "backend_build_contained: false" in failure(ran)
    assert links(tmp_path) == {}


def test_builds_without_walls_where_that_is_wished(say: Callable[..., Ran], tmp_path: Path) -> None:
    assert say("deploy", git_ref="v1", backend_build_contained=False).code == 0
    assert "hidden in a file" in (tmp_path / "state" / "small" / "staged" / "environment").read_text()


def test_a_package_that_is_a_link_is_not_taken(say: Callable[..., Ran], tmp_path: Path) -> None:
    message = failure(say("deploy", git_ref="linking"))

    assert "dist/backend.tar.gz" in message and "a link" in message
    assert links(tmp_path) == {}
    assert not list((tmp_path / "state" / "packages").iterdir())


def test_names_a_branch_that_is_not_there(say: Callable[..., Ran], repository: Path) -> None:
    assert f"there is no branch or tag 'nope' in file://{repository}" in failure(say("deploy", git_ref="nope"))


def test_the_small_environment_is_none_of_the_others(run: Run) -> None:
    ran = run("playbooks/small_swap.yml", "-i", str(PROJECT / "inventory/small"), variables={"target_environment": "staging"})

    assert "-i inventory/small playbooks/small_swap.yml -e target_environment=small" in failure(ran)
