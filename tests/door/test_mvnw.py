"""The build's Maven is the one whose hash is written down, fetched once; any other archive is refused."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
# Stands for the Maven of the machine, which fetches: it copies the archive to where it is told.
FETCHING = """#!/bin/sh
echo "$@" >>"$FETCHED"
for word; do case $word in -DoutputDirectory=*) cp "$ARCHIVE" "${word#*=}/maven.tar.gz" ;; esac; done
"""


class Build:
    def __init__(self, folder: Path) -> None:
        self.project = folder / "project"
        (self.project / ".mvn" / "wrapper").mkdir(parents=True)
        shutil.copy(PROJECT / "mvnw", self.project)
        self.archive = folder / "archive.tar.gz"
        with tarfile.open(self.archive, "w:gz") as archive:
            program = b'#!/bin/sh\necho "the right Maven: $*"\n'
            entry = tarfile.TarInfo("apache-maven/bin/mvn")
            entry.size, entry.mode = len(program), 0o755
            archive.addfile(entry, io.BytesIO(program))
        programs = folder / "bin"
        programs.mkdir()
        (programs / "mvn").write_text(FETCHING)
        (programs / "mvn").chmod(0o755)
        self.home = folder / "home"
        self.fetched = folder / "fetched"
        self.environment = {
            "HOME": str(self.home),
            "PATH": f"{programs}:{os.environ['PATH']}",
            "ARCHIVE": str(self.archive),
            "FETCHED": str(self.fetched),
        }
        self.expect(hashlib.sha256(self.archive.read_bytes()).hexdigest())

    def expect(self, digest: str) -> None:
        properties = f"distribution=a:maven:1:tar.gz:bin\ndistributionSha256Sum={digest}\n"
        (self.project / ".mvn" / "wrapper" / "maven-wrapper.properties").write_text(properties)

    def maven(self, *words: str) -> subprocess.CompletedProcess[str]:
        argv = [str(self.project / "mvnw"), *words]
        return subprocess.run(argv, env=self.environment, capture_output=True, text=True, timeout=60)

    def times_fetched(self) -> int:
        return len(self.fetched.read_text().splitlines()) if self.fetched.exists() else 0


@pytest.fixture
def build(tmp_path: Path) -> Build:
    return Build(tmp_path)


def test_it_is_fetched_once_and_run_with_the_words_given(build: Build) -> None:
    assert build.maven("-q", "two words").stdout == "the right Maven: -q two words\n"
    assert build.maven("again").stdout == "the right Maven: again\n"
    assert build.times_fetched() == 1


def test_an_archive_with_another_hash_is_never_unpacked(build: Build) -> None:
    build.expect("0" * 64)
    ended = build.maven("verify")
    assert ended.returncode == 1
    assert "has the hash" in ended.stderr and "not used" in ended.stderr
    assert [path for path in build.home.rglob("*") if path.is_file()] == []


def test_two_at_once_both_run(build: Build) -> None:
    argv = [str(build.project / "mvnw"), "x"]
    both = [subprocess.Popen(argv, env=build.environment, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert [each.communicate(timeout=60)[0] for each in both] == ["the right Maven: x\n"] * 2
    assert [each.returncode for each in both] == [0, 0]


def test_without_any_maven_it_says_how_to_get_one(build: Build, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    bare.mkdir()
    for program in ("sh", "dirname", "sed", "mktemp", "mkdir", "rm"):
        (bare / program).symlink_to(shutil.which(program) or program)
    build.environment["PATH"] = str(bare)
    ended = build.maven("x")
    assert ended.returncode == 1
    assert "apt-get install maven" in ended.stderr
