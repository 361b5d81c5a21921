"""What the builder refuses: each time with the reason, and with everything in use as it was."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

import pytest

from release_site import GIT, PROGRAM, Repository, Site, eventually, run, unchanged

LOADED = """
touch {mark}
while [ ! -e {go} ]; do sleep 0.05; done
"""


def test_what_is_not_fast_forward_is_refused(site: Site, repository: Repository, first: str) -> None:
    site.update(repository.commit("The second"))
    second = site.named().rpartition("/")[2]
    repository.git("checkout", "--quiet", first)
    beside = repository.commit("Beside the second", push="HEAD:refs/heads/beside")

    with unchanged(site):
        assert "is not fast-forward: it lacks commits of" in site.done("look", "beside")["refused"]
        assert "is not fast-forward" in site.refused("build", beside, "--from", second)
        assert "is older. `rollback yourself`" in site.refused("build", first, "--from", second)
        assert "in use already" in site.refused("build", second, "--from", second)


@pytest.mark.parametrize(("fetched", "reason"), [(False, "does not have {first}, which is in use"), (True, "is not fast-forward")])
def test_a_repository_that_is_another_one_is_refused(
    site: Site, repository: Repository, first: str, fetched: bool, reason: str
) -> None:
    """As after a forced push, and where the settings name it by mistake."""
    if fetched:
        repository.commit("Pushed over later")
        site.done("look")
    repository.git("checkout", "--quiet", "--orphan", "other")
    other = repository.commit("Another beginning")

    with unchanged(site):
        assert reason.format(first=first[:8]) in site.done("look")["refused"]
        assert reason.format(first=first[:8]) in site.refused("build", other, "--from", first)


def test_what_no_branch_leads_to_any_more_is_refused(site: Site, repository: Repository, first: str) -> None:
    gone = repository.commit("Taken back")
    site.done("look")
    repository.git("push", "--quiet", "--force", "origin", f"{first}:main")
    site.refused("build", "0" * 40, "--from", first)

    with unchanged(site):
        assert "no branch or tag of" in site.refused("build", gone, "--from", first)


def test_what_was_changed_by_hand_is_refused(site: Site, repository: Repository, first: str) -> None:
    second = repository.commit("The second")
    (site.home / "current" / "VERSION").write_text("mended at night")

    with unchanged(site):
        for said in (site.done("look")["refused"], site.refused("build", second, "--from", first)):
            assert "changed by hand: VERSION" in said and "would be lost" in said
    assert (site.home / "current" / "VERSION").read_text() == "mended at night"


def test_a_new_file_in_what_is_in_use_is_refused(site: Site, repository: Repository) -> None:
    repository.commit("The second")
    (site.home / "current" / "commands").mkdir()
    (site.home / "current" / "commands" / "mine.yml").write_text("x")

    assert "changed by hand: commands/" in site.done("look")["refused"]


@pytest.mark.parametrize("kind", ["a file", "a link", "other files", "changed files"])
def test_foreign_things_in_the_place_of_the_release_are_refused(site: Site, repository: Repository, first: str, kind: str) -> None:
    second = repository.commit("The second")
    place = site.home / "releases" / second
    if kind == "a file":
        place.write_text("x")
    elif kind == "a link":
        place.symlink_to(first)
    elif kind == "other files":
        place.mkdir()
        (place / "mine").write_text("x")
    else:
        run(*GIT, "clone", "--quiet", str(repository.bare), str(place), cwd=site.folder)
        (place / "VERSION").write_text("mine")

    with unchanged(site):
        assert f"{place} is not release {second[:8]} as it was committed" in site.refused("build", second, "--from", first)
    assert os.path.lexists(place)


def test_a_foreign_folder_in_the_place_of_the_mirror_is_refused(site: Site, repository: Repository) -> None:
    (site.home / "mirror.git").mkdir()
    (site.home / "mirror.git" / "mine").write_text("x")

    assert "is no git repository; move it away" in site.refused("look")
    assert (site.home / "mirror.git" / "mine").exists()


def test_a_repository_that_cannot_be_reached_is_refused(site: Site, repository: Repository, first: str) -> None:
    second = repository.commit("The second")
    site.done("look")
    repository.bare.rename(repository.bare.with_suffix(".away"))

    with unchanged(site):
        said = site.refused("look")
        assert f"the repository file://{repository.bare} could not be fetched" in said and "does not appear to be a git repository" in said
        assert "could not be fetched" in site.refused("build", "1" * 40, "--from", first)
    # What was fetched when it was looked at and agreed to can still be built.
    assert site.done("build", second, "--from", first)["made"]


def test_a_build_that_fails_is_refused_with_its_last_words(site: Site, repository: Repository, first: str) -> None:
    second = repository.commit("The second", build="echo 'Bot.java:3: a semicolon is missing' >&2; exit 7")

    with unchanged(site):
        said = site.refused("build", second, "--from", first)
    assert "the build failed (exit status 7)" in said and said.endswith("Bot.java:3: a semicolon is missing")
    assert "not made yet" in site.refused("switch", "current", "--from", first, "--to", second)


def test_a_build_that_does_not_end_is_ended(site: Site, repository: Repository, first: str, tmp_path: Path) -> None:
    site.settings(build_seconds=1)
    mark = tmp_path / "pid"
    second = repository.commit("The second", build=f"sleep 600 & echo $! >{mark}; trap '' TERM; wait")

    with unchanged(site):
        assert "took longer than 1 s and was ended" in site.refused("build", second, "--from", first)
    pid = int(mark.read_text())
    assert not Path(f"/proc/{pid}").exists() or "Z" in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def test_a_build_that_changes_what_was_committed_is_refused(site: Site, repository: Repository, first: str) -> None:
    second = repository.commit("The second", build="echo x >>VERSION")

    with unchanged(site):
        assert "changed by hand: VERSION" in site.refused("build", second, "--from", first)


def test_a_release_that_was_taken_back_is_not_taken_again_unless_somebody_says_so(site: Site, repository: Repository, first: str) -> None:
    second = repository.commit("The second")
    (site.home / "rejected").write_text(f"{'a' * 40} 2026-01-01T00:00:00Z other\n{second} 2026-01-02T00:00:00Z it hung\n")

    with unchanged(site):
        for said in (site.done("look")["refused"], site.refused("build", second, "--from", first)):
            assert "was taken back before (2026-01-02T00:00:00Z it hung)" in said and "--again" in said
    assert site.done("look", "--again")["refused"] is None
    site.done("build", second, "--from", first, "--again")
    site.done("switch", "current", "--from", first, "--to", second)
    assert (site.home / "rejected").read_text() == f"{'a' * 40} 2026-01-01T00:00:00Z other\n"


def test_a_release_that_was_rejected_after_it_was_built_is_not_switched_to(site: Site, repository: Repository, first: str) -> None:
    second = repository.commit("The second")
    site.done("build", second, "--from", first)
    (site.home / "rejected").write_text(f"{second} 2026-01-02T00:00:00Z it hung\n")

    with unchanged(site):
        assert "was taken back before" in site.refused("switch", "current", "--from", first, "--to", second)


def test_a_switch_from_what_is_not_in_use_is_refused(site: Site, repository: Repository, first: str) -> None:
    second, third = repository.commit("The second"), repository.commit("The third")
    site.update(second)
    site.done("build", third, "--from", second)

    with unchanged(site):
        assert f"current is at {second[:8]}, not at {first[:8]}" in site.refused("switch", "current", "--from", first, "--to", third)
        assert f"current is at {second[:8]} by now" in site.refused("build", third, "--from", first)
        assert "was not made yet" in site.refused("switch", "current", "--from", second, "--to", "1" * 40)


def test_playbooks_that_need_other_tools_do_not_move_alone(site: Site, repository: Repository, first: str) -> None:
    second = repository.commit("A newer Ansible", **{"requirements.txt": "ansible-core==3\n"})

    with unchanged(site):
        for said in (site.done("look", "--link", "playbooks")["refused"], site.refused("checkout", second, "--from", first)):
            assert "needs other Python tools" in said and "requirements.txt" in said


def test_an_update_does_not_take_playbooks_back_that_moved_alone(site: Site, repository: Repository, first: str) -> None:
    second, third = repository.commit("The second"), repository.commit("The third")
    site.done("look")
    site.done("checkout", third, "--from", first)
    site.done("switch", "playbooks", "--from", first, "--to", third)

    with unchanged(site):
        assert f"the playbooks are at {third[:8]}, which {second[:8]} lacks" in site.refused("build", second, "--from", first)


def test_two_orders_at_once_do_not_meet(site: Site, repository: Repository, first: str, tmp_path: Path) -> None:
    mark, go = tmp_path / "mark", tmp_path / "go"
    second = repository.commit("The second", build=LOADED.format(mark=mark, go=go))
    site.done("look")
    builder = subprocess.Popen([*PROGRAM, "build", second, "--from", first], env=site.client_environment(), stdout=subprocess.PIPE)
    try:
        eventually(mark.exists, "the build begins")
        for words in (["build", second, "--from", first], ["switch", "current", "--from", first, "--to", second], ["prune"]):
            assert f"the build of {second[:8]} is under way" in site.refused(*words)
        assert site.done("look")["to"] == second, "looking waits for no build"
    finally:
        go.touch()
        assert builder.wait(timeout=30) == 0
        builder.stdout.close()
    assert site.done("build", second, "--from", first)["made"] is False


def test_a_build_that_nobody_waits_for_is_ended(site: Site, repository: Repository, first: str, tmp_path: Path) -> None:
    mark, go = tmp_path / "mark", tmp_path / "go"
    second = repository.commit("The second", build=LOADED.format(mark=mark, go=go))
    words = [*PROGRAM, "build", second, "--from", first]
    builder = subprocess.Popen(words, env=site.client_environment(), stdout=subprocess.DEVNULL)
    eventually(mark.exists, "the build begins")
    builder.kill()
    builder.wait(timeout=10)

    eventually(lambda: site.contents()["releases"] == [first], "what was begun is taken away")
    assert "was not made yet" in site.refused("switch", "current", "--from", first, "--to", second)


def test_a_build_whose_builder_was_killed_keeps_the_next_one_away_until_it_ends(
    site: Site, repository: Repository, first: str, tmp_path: Path
) -> None:
    """Without systemd, which would end it too: what it still writes must not get into the next one's release."""
    mark, go = tmp_path / "mark", tmp_path / "go"
    second = repository.commit("The second", build=LOADED.format(mark=mark, go=go))
    site.done("look")
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.sendall(b'{"order": "build", "commit": "%s", "from": "%s"}\n' % (second.encode(), first.encode()))
        builder = subprocess.Popen(site.serve_argv(), stdin=theirs, env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)})
        eventually(mark.exists, "the build begins")
        builder.kill()
        builder.wait(timeout=10)
    try:
        assert "is under way" in site.refused("build", second, "--from", first)
    finally:
        go.touch()
    eventually(lambda: "done" in site.order("build", second, "--from", first), "the next one gets the lock")
    assert (site.home / "releases" / second / ".signalbox/app").exists()
