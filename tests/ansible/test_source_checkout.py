"""Which commit is checked out, asked of a real repository: the same as the bot would have found."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from playbook_runs import Ran

Run = Callable[..., Ran]
GIT = ["git", "-c", "user.name=Anna", "-c", "user.email=anna@example.com", "-c", "init.defaultBranch=main"]
CHECKOUT = """
- hosts: localhost
  gather_facts: false
  tasks:
    - ansible.builtin.import_role: {name: source_checkout}
    - ansible.builtin.set_stats:
        data: {commit: "{{ source_checkout_done.commit }}"}
        per_host: false
"""


class Repository:
    """Two commits on main; v1 is the first of them, as a tag with a message of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.git("init", "--quiet")
        self.first = self.commit("first")
        self.second = self.commit("second")
        self.git("tag", "-a", "v1", "-m", "v1", self.first)

    @property
    def url(self) -> str:
        return f"file://{self.folder}"

    def git(self, *words: str) -> str:
        ended = subprocess.run(
            [*GIT, *words], cwd=self.folder, check=True, timeout=30, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
        return ended.stdout.strip()

    def commit(self, message: str) -> str:
        self.git("commit", "--quiet", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")

    def foreign(self, ref: str) -> str:
        """A commit that is on no branch, and this ref of it."""
        commit = self.git("commit-tree", "-m", ref, "main^{tree}")
        self.git("update-ref", ref, commit)
        return commit


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repository")


@pytest.fixture
def check_out(run: Run, repository: Repository, tmp_path: Path) -> Callable[..., Ran]:
    state = str(tmp_path / "state")
    return lambda **given: run(CHECKOUT, variables={"git_repository": repository.url, "signalbox_state": state, **given})


def taken(ran: Ran) -> str:
    assert ran.code == 0, ran.output
    return str(ran.of("recap")[0]["stats"]["commit"])


def refused(ran: Ran) -> str:
    assert ran.code == 2, ran.output
    return " ".join(ran.of("failed")[-1]["msg"].split())


@pytest.mark.parametrize(
    ("ref", "message"),
    [("main", "second"), ("heads/main", "second"), ("v1", "first"), ("tags/v1", "first"), ("feature/#1", "first"), ("#1", "first")],
)
def test_takes_a_branch_or_a_tag_with_and_without_its_kind(
    check_out: Callable[..., Ran], repository: Repository, ref: str, message: str
) -> None:
    for branch in ("feature/#1", "#1"):
        repository.git("branch", branch, repository.first)

    assert taken(check_out(git_ref=ref)) == getattr(repository, message)


@pytest.mark.parametrize("digits", [40, 9, 7])
def test_takes_a_commit_by_its_digits(check_out: Callable[..., Ran], repository: Repository, digits: int) -> None:
    assert taken(check_out(git_ref=repository.first[:digits])) == repository.first


def test_a_branch_whose_name_only_ends_like_the_one_that_was_asked_for_is_not_taken(
    check_out: Callable[..., Ran], repository: Repository
) -> None:
    repository.foreign("refs/heads/refs/heads/main")
    repository.foreign("refs/heads/refs/tags/v1")
    assert len(repository.git("ls-remote", repository.url, "refs/heads/main").splitlines()) == 2, "git would list both"

    assert taken(check_out(git_ref="main")) == repository.second
    assert taken(check_out(git_ref="v1")) == repository.first


def test_what_is_neither_branch_nor_tag_is_not_taken(check_out: Callable[..., Ran], repository: Repository) -> None:
    repository.foreign("refs/pull/7/head")

    assert f"there is no branch or tag 'pull/7/head' in {repository.url}" in refused(check_out(git_ref="pull/7/head"))


def test_refuses_a_branch_and_a_tag_of_one_name_and_takes_either_by_its_kind(
    check_out: Callable[..., Ran], repository: Repository
) -> None:
    repository.git("branch", "v1", repository.second)

    assert "'v1' is both a branch and a tag" in (message := refused(check_out(git_ref="v1")))
    assert "say heads/v1 or tags/v1" in message
    assert taken(check_out(git_ref="heads/v1")) == repository.second
    assert taken(check_out(git_ref="tags/v1")) == repository.first


def test_a_branch_and_a_tag_of_one_commit_are_no_question(check_out: Callable[..., Ran], repository: Repository) -> None:
    repository.git("branch", "v1", repository.first)

    assert taken(check_out(git_ref="v1")) == repository.first


@pytest.mark.parametrize("given", ["git_ref", "git_commit"])
def test_a_commit_that_no_branch_or_tag_leads_to_is_not_taken(
    check_out: Callable[..., Ran], repository: Repository, tmp_path: Path, given: str
) -> None:
    commit = repository.foreign("refs/pull/7/head")

    assert f"leads to a commit '{commit}'" in refused(check_out(**{given: commit}))
    assert not list((tmp_path / "state" / "builds").iterdir()), "a working copy was left"
