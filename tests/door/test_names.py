"""The check on names finds what it is for, and stays quiet about the rest."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]


def check(folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    subprocess.run(["git", "init", "--quiet", str(folder)], check=True)
    (folder / "file.txt").write_text(text)
    argv = [sys.executable, str(PROJECT / "libexec" / "door" / "names.py")]
    return subprocess.run(argv, cwd=folder, capture_output=True, text=True)


# In parts, as this file is checked too.
@pytest.mark.parametrize("host", [("pypi", "org"), ("repo1", "maven", "org"), ("registry", "npmjs", "org")])
def test_the_host_of_a_registry_is_found_with_its_line(tmp_path: Path, host: tuple[str, ...]) -> None:
    ended = check(tmp_path, f"one\nsee https://{'.'.join(host)}/simple\n")
    assert ended.returncode == 1
    assert ended.stdout.startswith("file.txt:2: names a package registry's host")


@pytest.mark.parametrize("path", ["/".join(("", "work", "main")), "/".join(("", "home", "anna", "project"))])
def test_a_path_of_somebodys_machine_is_found(tmp_path: Path, path: str) -> None:
    assert "somebody's machine" in check(tmp_path, f"cd {path}/x\n").stdout


@pytest.mark.parametrize("text", ["pip install tool", "$HOME/work/x", "https://example.org/home/page", "/var/tmp/x", "network/"])
def test_what_works_for_everybody_is_left_alone(tmp_path: Path, text: str) -> None:
    assert (check(tmp_path, text).returncode, check(tmp_path, text).stdout) == (0, "")


def test_a_folder_without_files_is_no_success(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    argv = [sys.executable, str(PROJECT / "libexec" / "door" / "names.py")]
    assert subprocess.run(argv, cwd=tmp_path, capture_output=True).returncode == 1
