"""The builder's bare mirror of the bot's own repository. Only what a branch or tag leads to counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from release import typed
from release.git import Git
from release.refused import Refused
from release.typed import brief

# Less than a planning may take, so that it is this which people are told.
_FETCH_WITHIN = 60.0
_PART_OF_COMMIT = re.compile(r"[0-9a-f]{7,40}")
_LONGEST_SUBJECT = 120
_LARGEST_FILE = 256 << 10


@dataclass(frozen=True)
class Logged:
    commit: str
    subject: str
    author: str


class Mirror:
    def __init__(self, git: Git, folder: Path, remote: str) -> None:
        self.git = git
        self.folder = folder
        self.remote = remote

    def fetch(self) -> None:
        """The address is said each time, so that a mirror of another repository becomes one of this."""
        if not self.folder.exists():
            self.git.asked("init", "--quiet", "--bare", "--template=", "--", str(self.folder))
        ended = self._run(
            "fetch", "--quiet", "--prune", "--no-write-fetch-head", "--end-of-options", self.remote,
            "+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*", within=_FETCH_WITHIN,
        )  # fmt: skip
        if ended.well:
            return
        if "not a git repository" in ended.errors:
            raise Refused(f"{self.folder} is no git repository; move it away and say the order again: it is made anew")
        raise Refused(f"the repository {self.remote} could not be fetched: {ended.reason()}. Once that is mended, say it again.")

    def resolve(self, name: str) -> str:
        """The commit of a branch or tag (`heads/x`, `tags/x` where one name is both), or of at least seven of its digits."""
        typed.ref(name)
        branch, tag, whole = (self._commit(f"refs/{kind}{name}") for kind in ("heads/", "tags/", ""))
        if branch and tag and branch != tag:
            raise Refused(f"'{name}' is both a branch and a tag: say heads/{name} or tags/{name}")
        found = branch or tag or whole
        if not found and _PART_OF_COMMIT.fullmatch(name):
            found = self._commit(name)
            found = found if found and self.leads_to(found) else None
        if not found:
            raise Refused(f"there is no branch, tag or commit '{name}' in {self.remote}; its newest branches: {self._newest()}")
        return found

    def knows(self, commit: str) -> bool:
        return self._commit(commit) == commit

    def leads_to(self, commit: str) -> bool:
        """Others are left over from what was taken back."""
        ended = self._run("for-each-ref", "--count=1", f"--contains={commit}", "--format=%(refname)")
        return ended.well and bool(ended.output.strip())

    def is_before(self, earlier: str, later: str) -> bool:
        return self._run("merge-base", "--is-ancestor", earlier, later).well

    def between(self, start: str, end: str, most: int) -> tuple[list[Logged], int]:
        """What `end` has and `start` has not, newest first, and how many more there are."""
        count = int(self._asked("rev-list", "--count", f"{start}..{end}", "--"))
        text = self._asked("log", "--no-decorate", "--no-color", "--format=%H%x00%s%x00%an", f"--max-count={most}", f"{start}..{end}", "--")
        lines = [line.split("\0") for line in text.split("\n") if line]
        found = [Logged(commit, _line(subject), _line(author)) for commit, subject, author in lines]
        return found, count - len(found)

    def changed(self, start: str, end: str, *parts: str) -> list[str]:
        return [name for name in self._asked("diff", "--name-only", "--no-renames", "-z", start, end, "--", *parts).split("\0") if name]

    def text(self, commit: str, path: str) -> str | None:
        """A file's content; None where that commit has no such file."""
        size = self._run("cat-file", "-s", f"{commit}:{path}")
        if not size.well:
            return None
        if int(size.output) > _LARGEST_FILE:
            raise Refused(f"{path} of {brief(commit)} has {size.output.strip()} bytes; nobody could read what it changes")
        return self._asked("cat-file", "blob", f"{commit}:{path}")

    def clone(self, commit: str, folder: Path) -> None:
        """A working copy with a repository of its own; files are shared with the mirror where git never changes them."""
        self.git.asked("clone", "--quiet", "--no-checkout", "--template=", "--", str(self.folder), str(folder))
        self.git.asked("-C", str(folder), "checkout", "--quiet", "--detach", commit, "--")

    def _newest(self) -> str:
        listed = self._asked("for-each-ref", "--count=5", "--sort=-committerdate", "--format=%(refname:short)", "refs/heads/")
        return ", ".join(listed.split()) or "none"

    def _commit(self, name: str) -> str | None:
        ended = self._run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        found = ended.output.strip()
        return found if ended.well and typed.COMMIT.fullmatch(found) else None

    def _run(self, *words: str, within: float = 60.0):  # noqa: ANN202
        return self.git.run("-C", str(self.folder), *words, within=within)

    def _asked(self, *words: str) -> str:
        return self.git.asked("-C", str(self.folder), *words)


class WorkingCopy:
    """A checkout that was made once and is not to change."""

    def __init__(self, git: Git, folder: Path) -> None:
        self.git = git
        self.folder = folder

    def flaw(self, commit: str) -> str | None:
        """How it differs from that commit."""
        head = self.git.run("-C", str(self.folder), "rev-parse", "--verify", "--quiet", "HEAD")
        if head.output.strip() != commit:
            return f"it is at {brief(head.output.strip()) or 'no commit'}"
        status = self.git.run("-C", str(self.folder), "status", "--porcelain", "-z", "--no-renames")
        if not status.well:
            return status.reason()
        names = [entry[3:] for entry in status.output.split("\0") if entry]
        if not names:
            return None
        shown = ", ".join(_line(name) for name in names[:3])
        return f"changed by hand: {shown}" + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _line(text: str) -> str:
    """Of what others wrote: one line, without what steers a terminal."""
    plain = "".join(each if each.isprintable() else " " for each in text)
    return plain if len(plain) <= _LONGEST_SUBJECT else plain[: _LONGEST_SUBJECT - 1] + "…"
