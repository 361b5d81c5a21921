"""What the tests of releases share: a site with one release in use, and its builder."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "libexec"))
sys.dont_write_bytecode = True

from release_site import Repository, Site, Socket  # noqa: E402


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository.make(tmp_path)


@pytest.fixture
def first(repository: Repository) -> str:
    """The release in use."""
    return repository.commit("The first release")


@pytest.fixture
def site(tmp_path: Path, repository: Repository, first: str) -> Iterator[Site]:
    site = Site(tmp_path, repository)
    site.settings()
    site.install(first)
    listening = Socket(site)
    yield site
    listening.close()
