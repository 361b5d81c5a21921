"""Orders and settings that are none: nothing of a person's words reaches git but as a name or a commit."""

from __future__ import annotations

import socket

import pytest

from release_site import Site, unchanged

BAD_REFS = [
    "--upload-pack=x", "-b", "", "a..b", "a b", "$(id)", "main;id", "x.lock", "a//b", "/main", "main/", "main\n", "v1^{}", "@{-1}", "@",
    "main:VERSION",
]  # fmt: skip


@pytest.mark.parametrize("ref", BAD_REFS)
def test_git_is_given_nothing_that_it_could_take_for_something_else(site: Site, ref: str) -> None:
    with unchanged(site):
        assert "is no name of a branch or tag" in site.refused("look", "--", ref)


@pytest.mark.parametrize("commit", ["main", "--force", "A" * 40, "a" * 39, "a" * 41, "a" * 40 + "\n", ""])
def test_a_commit_is_forty_digits(site: Site, first: str, commit: str) -> None:
    with unchanged(site):
        for words in (["build", f"--from={first}"], ["checkout", f"--from={first}"]):
            assert "forty lower-case hexadecimal digits" in site.refused(*words, "--", commit)
        assert "forty" in site.refused("switch", f"--from={first}", f"--to={commit}", "--", "current")


def test_what_is_no_order_is_refused(site: Site) -> None:
    for sent, reason in (
        (b"rm -rf\n", "is no JSON"),
        (b"[]\n", "is no JSON object"),
        (b'{"order": "shell"}\n', "there is no order 'shell'"),
        (b'{"order": "look", "link": "../x"}\n', "there is no link '../x'"),
        (b'{"order": "look", "link": "current", "remote": "file:///x"}\n', "takes no remote"),
        (b'{"order": "prune", "keep": "x"}\n', "a list of commits"),
        (b"", "one line of JSON"),
        (b"x" * 70_000, "one line of JSON"),
    ):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(site.socket))
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
            assert reason in connection.makefile().readline()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"remote": "ext::sh -c id"}, '"remote" has to be'),
        ({"remote": "--upload-pack=x"}, '"remote" has to be'),
        ({"remote": "https://olga:secret@example.com/x"}, "holds a password"),
        ({"branch": "-x"}, '"branch"'),
        ({"signatures": "maybe"}, '"required" or "no"'),
        ({"signatures": None}, '"required" or "no"'),
        ({"signatures": "required"}, '"allowed_signers"'),
        ({"signatures": "required", "allowed_signers": "/nowhere"}, "/nowhere cannot be read"),
        ({"keep": 0}, '"keep"'),
        ({"kept": 3}, "there is no kept"),
        ({"environment": {"A B": "x"}}, "cannot be the name of a variable"),
    ],
)
def test_settings_that_are_wrong_are_refused(site: Site, changes: dict, reason: str) -> None:
    site.settings(**changes)

    said = site.refused("look")

    assert reason in said and "secret@" not in said


def test_settings_that_others_may_write_are_refused(site: Site) -> None:
    site.file.chmod(0o666)

    assert "may be written by others" in site.refused("look")


def test_without_the_builder_it_is_said_where_it_was_looked_for(site: Site) -> None:
    answer = site.order("look", SIGNALBOX_RELEASE_SOCKET="/nowhere/release.sock")

    assert "cannot be reached at /nowhere/release.sock" in answer["refused"] and "signalbox-release.socket" in answer["refused"]
