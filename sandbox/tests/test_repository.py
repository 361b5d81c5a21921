from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from sandbox import repository
from sandbox.account import Account


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("git") / "git" / "backend.git"
    repository.create(folder, Account(os.getuid(), folder))
    return folder


def git(bare: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(bare), *words], capture_output=True, text=True, check=True, timeout=30)
    return done.stdout.strip()


def test_main_is_version_2_and_version_1_has_its_tag(bare: Path) -> None:
    assert git(bare, "describe", "--tags", "main") == "v2.0.0"
    assert git(bare, "describe", "--tags", "main~1") == "v1.0.0"
    assert git(bare, "branch", "--format=%(refname:short)").split() == ["broken", "leaky", "main", "uptime"]


def test_is_the_same_each_time(bare: Path, tmp_path: Path) -> None:
    again = tmp_path / "git" / "again.git"
    repository.create(again, Account(os.getuid(), again))
    assert git(again, "show-ref") == git(bare, "show-ref")


@pytest.mark.parametrize(("ref", "healthy"), [("v1.0.0", 200), ("main", 200), ("uptime", 200), ("leaky", 200), ("broken", 503)])
def test_every_branch_builds_and_only_broken_is_not_well(bare: Path, tmp_path: Path, ref: str, healthy: int) -> None:
    copy, release = tmp_path / "copy", tmp_path / "release"
    subprocess.run(["git", "clone", "--quiet", "--branch", ref, str(bare), str(copy)], check=True, timeout=30,
                   capture_output=True)
    built = subprocess.run([str(copy / "build"), "v-test"], env={"PATH": "/usr/bin:/bin"}, timeout=60, check=False,
                           capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    release.mkdir()
    subprocess.run(["tar", "-xf", str(copy / "dist/backend-v-test.tar.gz"), "-C", str(release)], check=True, timeout=10)
    asked = "from backend.health import health; code, told = health(); print(code, told['version'])"
    told = subprocess.run(["/usr/bin/python3", "-c", asked], cwd=release, capture_output=True, text=True, check=True,
                          timeout=10)
    assert told.stdout.split() == [str(healthy), "v-test"]
    assert os.access(release / "bin/server", os.X_OK)
    assert os.access(release / "bin/worker", os.X_OK)


def test_a_build_whose_tests_fail_makes_no_package(bare: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    subprocess.run(["git", "clone", "--quiet", str(bare), str(copy)], check=True, timeout=30, capture_output=True)
    (copy / "tests/test_home.py").write_text("import unittest\n\n\nclass No(unittest.TestCase):\n"
                                                "    def test_fails(self) -> None:\n        self.fail('no')\n")
    built = subprocess.run([str(copy / "build"), "v-test"], env={"PATH": "/usr/bin:/bin"}, timeout=60, check=False,
                           capture_output=True)
    assert built.returncode != 0
    assert not (copy / "dist").exists()
