"""The builder's orders, with real repositories: what they do where nothing is in the way."""

from __future__ import annotations

import json
import os
import socket
import time
from pathlib import Path

from release_site import Repository, Site


def test_look_tells_what_would_come(site: Site, repository: Repository, first: str) -> None:
    repository.commit("A second one", commands__backend_yml="commands: {}\n", README="x")
    third = repository.commit("A third one", commands__backend_yml="commands: {a: 1}\n")

    told = site.done("look")

    assert (told["from"], told["to"], told["link"]) == (first, third, "current")
    assert [each["subject"] for each in told["new"]] == ["A third one", "A second one"]
    assert told["new"][0] == {"commit": third, "subject": "A third one", "author": "Olga"}
    assert (told["gone"], told["more_new"], told["refused"]) == ([], 0, None)
    assert told["catalog"] == {"commands/backend.yml": {"old": None, "new": "commands: {a: 1}\n"}}
    assert site.contents()["releases"] == [first]


def test_look_takes_a_branch_a_tag_and_a_commit(site: Site, repository: Repository) -> None:
    on_main = repository.commit("On main")
    repository.git("tag", "v2")
    repository.git("push", "--quiet", "origin", "v2")
    beside = repository.commit("Beside it", push="HEAD:refs/heads/feature/x")

    assert site.done("look", "v2")["to"] == on_main
    assert site.done("look", "feature/x")["to"] == beside
    assert site.done("look", "heads/feature/x")["to"] == beside
    assert site.done("look", beside[:9])["to"] == beside
    assert site.done("look", "main")["to"] == on_main


def test_a_release_is_built_switched_to_and_back_from(site: Site, repository: Repository, first: str) -> None:
    second = repository.commit("The second release")
    site.done("look")

    made = site.done("build", second, "--from", first)

    folder = site.home / "releases" / second
    assert made == {"commit": second, "folder": str(folder), "made": True}
    assert (folder / ".signalbox/app").read_text().strip() == str(folder), "it was built under another name than it bears"
    assert site.named() == f"releases/{first}"
    assert site.done("build", second, "--from", first)["made"] is False

    site.done("switch", "current", "--from", first, "--to", second)
    assert (site.named(), site.named("playbooks")) == (f"releases/{second}", f"releases/{second}")

    back = site.done("before")
    assert (back["from"], back["to"], back["refused"]) == (second, first, None)
    assert [each["subject"] for each in back["gone"]] == ["The second release"]
    site.done("switch", "current", "--from", second, "--to", first)
    assert site.named() == f"releases/{first}"
    assert "there is no release before" in site.refused("before")


def test_a_build_sees_nothing_of_who_started_it(site: Site, repository: Repository, first: str) -> None:
    site.environment.update(AWS_SECRET_ACCESS_KEY="hidden", SIGNALBOX_X="hidden", LD_PRELOAD="", GIT_DIR="/nowhere", PYTHONPATH="/nowhere")
    site.settings(environment={"MAVEN_OPTS": "-Xmx512m"})
    second = repository.commit("The second release")
    site.done("build", second, "--from", first)

    seen = dict(line.split("=", 1) for line in (site.home / "releases" / second / ".signalbox/environment").read_text().splitlines())

    assert set(seen) <= {"PATH", "HOME", "LANG", "MAVEN_OPTS", "SIGNALBOX_TOOLS", "PWD", "OLDPWD", "SHLVL", "_"}
    assert (seen["SIGNALBOX_TOOLS"], seen["MAVEN_OPTS"]) == (str(site.home / "tools"), "-Xmx512m")


def test_what_a_build_says_is_told_while_it_goes_on(site: Site, repository: Repository, first: str, tmp_path: Path) -> None:
    second = repository.commit("The second release", build="printf 'half a\\033[31m line'; echo; yes | head -n 30000; printf 'no end'")
    (tmp_path / "run").mkdir()
    (tmp_path / "run/output.log").write_text("TASK [Build it]\n")

    site.order("build", second, "--from", first, SIGNALBOX_RUN=str(tmp_path / "run"))

    lines = (tmp_path / "run/output.log").read_text().splitlines()
    assert lines[:4] == [
        "TASK [Build it]", f"building {second[:8]} in {site.home}/releases/{second}",
        f"building in {site.home}/releases/{second}", "half a [31m line",
    ]  # fmt: skip
    assert len(lines) == 20_001 and "the rest is left out" in lines[-1]


def test_what_a_build_says_may_be_lost_and_stops_nothing(site: Site, repository: Repository, first: str, tmp_path: Path) -> None:
    second = repository.commit("The second release")
    (tmp_path / "run").mkdir()
    (tmp_path / "run/output.log").symlink_to("/dev/full")

    assert site.order("build", second, "--from", first, SIGNALBOX_RUN=str(tmp_path / "run"))["done"]["made"]
    assert site.order("checkout", second, "--from", first, SIGNALBOX_RUN="/nowhere")["done"]["made"] is False


def test_playbooks_move_alone_and_follow_the_next_release(site: Site, repository: Repository, first: str) -> None:
    second = repository.commit("Playbooks only")
    assert site.done("look", "--link", "playbooks")["to"] == second

    made = site.done("checkout", second, "--from", first)
    site.done("switch", "playbooks", "--from", first, "--to", second)

    assert made["folder"] == str(site.home / "checkouts" / second)
    assert not (Path(made["folder"]) / ".signalbox").exists(), "it was built"
    assert (site.named(), site.named("playbooks")) == (f"releases/{first}", f"checkouts/{second}")

    assert site.done("before", "--link", "playbooks")["to"] == first

    third = repository.commit("Everything")
    site.update(third)
    assert (site.named(), site.named("playbooks")) == (f"releases/{third}", f"releases/{third}")
    assert "are those of the release in use" in site.refused("before", "--link", "playbooks")


def test_playbooks_of_a_release_that_was_built_are_taken_from_it(site: Site, repository: Repository, first: str) -> None:
    second = repository.commit("Both")
    site.done("build", second, "--from", first)

    assert site.done("checkout", second, "--from", first)["folder"] == str(site.home / "releases" / second)


def test_prune_keeps_what_may_be_needed(site: Site, repository: Repository, first: str) -> None:
    """Only what was left a day ago goes: a run that began under it may still go on."""
    commits = [first, *(repository.commit(f"Release {number}") for number in range(2, 8))]
    for commit in commits[1:]:
        site.update(commit)
    (site.home / "broker").symlink_to(f"releases/{commits[1]}")
    (site.home / "releases" / f"{'a' * 40}.new").mkdir()

    assert site.done("prune")["removed"] == [f"{'a' * 40}.new"]

    history = site.home / "history"
    history.write_text(_a_century_ago(history.read_text()))
    removed = site.done("prune", "--keep", commits[2])["removed"]

    assert sorted(removed) == sorted([commits[0], commits[3]])
    assert site.contents()["releases"] == sorted([commits[1], commits[2], *commits[4:]])
    assert site.done("before")["to"] == commits[5]


def _a_century_ago(history: str) -> str:
    return "".join(f"19{line[2:]}" for line in history.splitlines(keepends=True))


def test_prune_keeps_the_tools_that_a_release_leads_to(site: Site, first: str) -> None:
    tools, private = site.home / "tools", site.home / "releases" / first / ".signalbox"
    (tools / "stamps").mkdir(parents=True)
    used, copied, unused = "venv." + "a" * 16, "jars." + "b" * 16, "venv." + "c" * 16
    for name in (used, copied, unused):
        (tools / name).mkdir()
        (tools / "stamps" / name).write_text(name[-16:])
    (private / "venv").symlink_to(tools / used)
    (private / "app").unlink()
    (private / "app").symlink_to("app." + "b" * 16)
    (tools / "lock").touch()

    assert site.done("prune")["removed"] == [unused]
    assert sorted(each.name for each in tools.iterdir()) == [copied, "lock", "stamps", used]
    assert sorted(each.name for each in (tools / "stamps").iterdir()) == [copied, used]


def test_the_way_back_leads_past_what_the_failure_handler_took_back(site: Site, repository: Repository, first: str) -> None:
    second, third = repository.commit("The second"), repository.commit("The third, bad")
    site.update(second)
    site.update(third)
    # As the handler does it, who writes no history.
    for link in ("current", "playbooks"):
        (site.home / f"{link}.new").symlink_to(f"releases/{second}")
        os.rename(site.home / f"{link}.new", site.home / link)
    (site.home / "rejected").write_text(f"{third} {time.strftime('%FT%TZ')} it crashed\n")
    assert site.done("before")["to"] == first

    fourth = repository.commit("The fourth")
    site.update(fourth)
    assert site.done("before")["to"] == second


def test_a_line_of_the_history_that_was_cut_off_counts_for_nothing(site: Site, repository: Repository, first: str) -> None:
    second, third = repository.commit("The second"), repository.commit("The third")
    site.update(second)
    with (site.home / "history").open("a") as file:
        file.write(f"2026-01-01T00:00:00+00:00 {second} 12")
    site.update(third)

    assert site.done("before")["to"] == second


def test_an_order_by_hand_is_one_line_of_json(site: Site, first: str) -> None:
    """The protocol itself, as docs/updating.md shows it."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(site.socket))
        connection.sendall(b'{"order": "switch", "link": "current", "from": "%s", "to": "%s"}\n' % (first.encode(), first.encode()))
        answer = json.loads(connection.makefile().readline())

    assert "already" in answer["refused"]
