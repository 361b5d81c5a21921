"""The repository that a test's server gets the bot from: this checkout as it lies here, and what a test commits on top."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
WHO = {f"GIT_{role}_{what}": text for role in ("AUTHOR", "COMMITTER") for what, text in (("NAME", "Test"), ("EMAIL", "test@localhost"))}


@dataclass(frozen=True)
class Origin:
    bare: Path
    copy: Path

    @staticmethod
    def of_this_checkout(folder: Path) -> Origin:
        """`main` is HEAD and, where something here is not committed yet, one more commit with it."""
        origin = Origin(folder / "signalbox.git", folder / "copy")
        git("clone", "--quiet", "--bare", "--no-hardlinks", str(PROJECT), str(origin.bare))
        objects = git("-C", str(PROJECT), "rev-parse", "--path-format=absolute", "--git-path", "objects")
        own = {"GIT_INDEX_FILE": str(folder / "index"), "GIT_OBJECT_DIRECTORY": str(origin.bare / "objects"),
               "GIT_ALTERNATE_OBJECT_DIRECTORIES": objects}
        git("-C", str(PROJECT), "read-tree", "HEAD", **own)
        git("-C", str(PROJECT), "add", "--all", **own)
        tree = git("-C", str(PROJECT), "write-tree", **own)
        commit = git("-C", str(PROJECT), "commit-tree", tree, "-p", "HEAD", "-m", "As it lies here", **own)
        for branch in git("-C", str(origin.bare), "for-each-ref", "--format=%(refname)").split():
            git("-C", str(origin.bare), "update-ref", "-d", branch)
        git("-C", str(origin.bare), "update-ref", "refs/heads/main", commit)
        git("-C", str(origin.bare), "symbolic-ref", "HEAD", "refs/heads/main")
        git("clone", "--quiet", str(origin.bare), str(origin.copy))
        return origin

    def head(self) -> str:
        return git("-C", str(self.bare), "rev-parse", "refs/heads/main")

    def commits(self, message: str, files: dict[str, str]) -> str:
        """Pushes one more commit to main; gives its digits."""
        for path, text in files.items():
            file = self.copy / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
            file.chmod(0o755 if text.startswith("#!") else 0o644)
        git("-C", str(self.copy), "add", "--all")
        git("-C", str(self.copy), "commit", "--quiet", "--message", message)
        git("-C", str(self.copy), "push", "--quiet", "origin", "HEAD:refs/heads/main")
        return self.head()

    def text(self, path: str) -> str:
        return (self.copy / path).read_text()


def git(*words: str, **more: str) -> str:
    ended = subprocess.run(
        ["git", "-c", "gc.auto=0", *words], env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", **WHO, **more},
        capture_output=True, text=True, timeout=120, check=False,
    )
    assert ended.returncode == 0, f"git {words}: {ended.stderr}"
    return ended.stdout.strip()
