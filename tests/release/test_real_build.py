"""This project's own build, as the builder does it: minutes of Maven and pip, so only with ./signalbox test --all."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from release_site import GIT, LIBEXEC, PROGRAM, Repository, Site, Socket, run

PROJECT = LIBEXEC.parent
MINUTES = 20 * 60


@pytest.fixture
def project(tmp_path: Path) -> Iterator[tuple[Site, str, str]]:
    """The commit before the newest is in use, as far as the builder cares: its folder is there."""
    repository = Repository(tmp_path / "remote.git", PROJECT)
    run(*GIT, "clone", "--quiet", "--bare", str(PROJECT), str(repository.bare), cwd=tmp_path)
    newest = run("git", "rev-parse", "HEAD", cwd=PROJECT)
    before = run("git", "rev-parse", "HEAD~1", cwd=PROJECT)
    run(*GIT, "update-ref", "refs/heads/main", newest, cwd=repository.bare)
    site = Site(tmp_path, repository)
    # Where this machine has its packages; on a server release.json says that.
    site.settings(environment={name: value for name, value in os.environ.items() if name.startswith("PIP_")})
    site.environment["HOME"] = os.environ["HOME"]
    place = site.home / "releases" / before
    place.parent.mkdir(parents=True)
    run(*GIT, "clone", "--quiet", str(repository.bare), str(place), cwd=tmp_path)
    run(*GIT, "checkout", "--quiet", "--detach", before, cwd=place)
    for link in ("current", "playbooks"):
        (site.home / link).symlink_to(f"releases/{before}")
    listening = Socket(site)
    yield site, before, newest
    listening.close()


@pytest.mark.slow
def test_this_project_becomes_a_release_that_checks_itself(project: tuple[Site, str, str]) -> None:
    site, before, newest = project
    words = [*PROGRAM, "build", newest, "--from", before]
    ended = subprocess.run(words, env=site.client_environment(), capture_output=True, text=True, timeout=MINUTES, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr[-3000:]
    folder = site.home / "releases" / newest

    assert str(folder) in (folder / ".signalbox/app/java.args").read_text()
    assert (folder / ".signalbox/app/signalbox.jsa").exists()
    assert "1 passed, 0 failed" in (folder / ".signalbox/app/rehearsal.log").read_text()
    checked = subprocess.run(
        [str(folder / "signalbox"), "check"], env={"PATH": os.environ["PATH"], "HOME": os.environ["HOME"]}, cwd="/",
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert checked.returncode == 0 and "all well" in checked.stdout, checked.stdout + checked.stderr
    assert "installing" not in checked.stderr and "building" not in checked.stderr, "something was left to be made"
