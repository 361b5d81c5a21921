"""The failure handler of the bot's unit: real links and files, and what systemd says in the environment."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

PROGRAM = Path(__file__).resolve().parents[2] / "libexec" / "signalbox-back"
OLD, NEW, OTHER = "0" * 39 + "a", "0" * 39 + "b", "0" * 39 + "c"


@dataclass
class Server:
    home: Path
    state: Path

    def ends(self, result: str, status: str = "1") -> subprocess.CompletedProcess[str]:
        """The bot has ended like this."""
        return subprocess.run(
            ["/usr/bin/python3", "-ISE", PROGRAM, "--home", self.home, "--state", self.state],
            env={"SERVICE_RESULT": result, "EXIT_CODE": "exited", "EXIT_STATUS": status},
            capture_output=True, text=True, timeout=20, check=False,
        )

    def on_trial(self, failures: object = 0, old: str = OLD, new: str = NEW) -> None:
        (self.state / "trial").write_text(json.dumps({"from": old, "to": new, "failures": failures}))

    def link(self, name: str) -> str:
        return os.readlink(self.home / name)

    def point(self, name: str, at: str) -> None:
        (self.home / name).unlink(missing_ok=True)
        (self.home / name).symlink_to(at)

    @property
    def failures(self) -> int:
        return int(json.loads((self.state / "trial").read_text())["failures"])

    @property
    def taken_back(self) -> dict[str, str]:
        return dict(json.loads((self.state / "taken-back").read_text()))

    def everything(self) -> dict[str, str]:
        """Every name in both folders with what it leads to or holds."""
        return {
            str(path): os.readlink(path) if path.is_symlink() else path.read_text() if path.is_file() else ""
            for folder in (self.home, self.state) for path in folder.rglob("*")
        }


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path / "home", tmp_path / "state")
    for commit in (OLD, NEW, OTHER):
        (made.home / "releases" / commit).mkdir(parents=True)
    made.state.mkdir()
    made.point("current", f"releases/{NEW}")
    made.point("playbooks", f"releases/{NEW}")
    yield made
    made.state.chmod(0o700)


def test_the_first_failure_is_counted_and_the_second_takes_the_release_back(server: Server) -> None:
    server.on_trial()
    first = server.ends("timeout")
    assert first.returncode == 0 and "tried once more" in first.stderr
    assert (server.failures, server.link("current")) == (1, f"releases/{NEW}")

    second = server.ends("exit-code", "3")
    assert second.returncode == 0 and f"back on {OLD}" in second.stderr
    assert server.link("current") == server.link("playbooks") == f"releases/{OLD}"
    assert server.taken_back == {"from": OLD, "to": NEW, "reason": "it ended with exit status 3"}
    assert not (server.state / "trial").exists()
    commit, when, *reason = (server.home / "rejected").read_text().split()
    assert commit == NEW and when.startswith("20") and " ".join(reason) == "it ended with exit status 3"


@pytest.mark.parametrize("result, said", [
    ("timeout", "did not become ready"), ("watchdog", "hung"), ("signal", "SIGKILL"), ("core-dump", "crashed with SIGKILL"),
    ("protocol", "before it was ready"), ("oom-kill", "memory"), ("resources", "'resources'"),
])
def test_every_kind_of_failure_counts_and_is_named(server: Server, result: str, said: str) -> None:
    server.on_trial(failures=1)
    server.ends(result, "KILL")
    assert said in server.taken_back["reason"]
    assert server.link("current") == f"releases/{OLD}"


def test_a_clean_end_is_never_blamed(server: Server) -> None:
    server.on_trial(failures=1)
    before = server.everything()
    for _ in range(20):
        assert server.ends("success", "0").returncode == 0
    assert server.everything() == before


def test_a_failure_without_a_trial_changes_nothing(server: Server) -> None:
    before = server.everything()
    assert server.ends("exit-code").returncode == 0
    assert server.everything() == before


def test_a_release_that_is_not_the_current_one_is_not_judged_by_another_ones_failure(server: Server) -> None:
    server.on_trial(failures=1)
    server.point("current", f"releases/{OTHER}")
    before = server.everything()
    assert server.ends("exit-code").returncode == 0
    assert server.everything() == before


def test_playbooks_that_were_moved_alone_meanwhile_stay(server: Server) -> None:
    server.on_trial(failures=1)
    server.point("playbooks", f"checkouts/{OTHER}")
    server.ends("exit-code")
    assert (server.link("current"), server.link("playbooks")) == (f"releases/{OLD}", f"checkouts/{OTHER}")


@pytest.mark.parametrize("old", ["../../etc", "d" * 40, "main", "0" * 39 + "A", "0" * 41, OLD + "\n", "", 7, None])
def test_goes_back_to_nothing_but_a_release_that_is_there(server: Server, old: str) -> None:
    server.on_trial(failures=1, old=old)
    before = server.everything()
    said = server.ends("exit-code")
    assert said.returncode == 1 and said.stderr
    assert server.everything() == before


def test_does_not_go_back_to_a_link_in_place_of_a_release(server: Server, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (server.home / "releases" / OLD).rmdir()
    (server.home / "releases" / OLD).symlink_to(tmp_path / "elsewhere")
    server.on_trial(failures=1)
    assert server.ends("exit-code").returncode == 1
    assert server.link("current") == f"releases/{NEW}"


@pytest.mark.parametrize("text", ["", "{", "[]", "7", '"x"', "{}", '{"from": "a"}', "\x00\xff", "x" * 9000])
def test_a_trial_that_no_update_wrote_is_left_and_told(server: Server, text: str) -> None:
    (server.state / "trial").write_text(text, encoding="latin-1")
    said = server.ends("exit-code")
    assert said.returncode == 1 and "not what an update writes" in said.stderr
    assert server.link("current") == f"releases/{NEW}"


@pytest.mark.parametrize("failures", [-1, "1", True, None, 1.5])
def test_a_count_that_is_no_count_is_told(server: Server, failures: object) -> None:
    server.on_trial(failures=failures)
    assert server.ends("exit-code").returncode == 1
    assert server.link("current") == f"releases/{NEW}"


def test_a_link_in_place_of_the_trial_is_not_followed(server: Server, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text(json.dumps({"from": OLD, "to": NEW, "failures": 1}))
    (server.state / "trial").symlink_to(elsewhere)
    assert server.ends("exit-code").returncode == 1
    assert server.link("current") == f"releases/{NEW}"


def test_what_lies_in_the_way_of_its_files_is_replaced_and_not_written_through(server: Server, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("untouched")
    for path in (server.state / ".trial.back", server.state / "taken-back", server.state / ".taken-back.back",
                 server.home / ".current.back", server.home / "rejected"):
        path.symlink_to(victim)
    server.on_trial()
    server.ends("exit-code")
    said = server.ends("exit-code")
    assert victim.read_text() == "untouched"
    assert said.returncode == 1 and "rejected cannot be changed" in said.stderr
    assert server.link("current") == f"releases/{OLD}"
    assert server.taken_back["from"] == OLD


def test_a_trial_file_that_is_read_only_is_counted_all_the_same(server: Server) -> None:
    server.on_trial()
    (server.state / "trial").chmod(0o400)
    assert server.ends("exit-code").returncode == 0
    assert server.failures == 1
    assert server.ends("exit-code").returncode == 0
    assert server.link("current") == f"releases/{OLD}"


@pytest.mark.root
@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to mount a full disk")
def test_where_the_failure_cannot_be_counted_it_is_the_last_one(server: Server) -> None:
    """A state folder that lies on a full disk: what cannot be told there does not keep the old release away."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4k,nr_inodes=2", "full", server.state], check=True, timeout=10)
    try:
        server.on_trial()
        said = server.ends("exit-code")
    finally:
        subprocess.run(["umount", server.state], check=True, timeout=10)
    assert said.returncode == 1 and "cannot be counted" in said.stderr and "taken-back cannot be changed" in said.stderr
    assert server.link("current") == server.link("playbooks") == f"releases/{OLD}"
    assert NEW in (server.home / "rejected").read_text()


def test_is_started_by_nobody_but_systemd(server: Server) -> None:
    said = subprocess.run(
        ["/usr/bin/python3", "-ISE", PROGRAM, "--home", server.home, "--state", server.state],
        env={}, capture_output=True, text=True, timeout=20, check=False,
    )
    assert said.returncode == 2 and "SERVICE_RESULT is not set" in said.stderr


@pytest.mark.root
@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to give files away")
def test_what_root_writes_belongs_to_whoever_owns_the_folder(server: Server) -> None:
    os.chown(server.home, 1234, 1234)
    os.chown(server.state, 4321, 4321)
    server.on_trial(failures=0)
    server.ends("exit-code")
    assert (server.state / "trial").stat().st_uid == 4321
    server.ends("exit-code")
    assert (server.state / "taken-back").stat().st_uid == 4321
    assert (server.home / "rejected").stat().st_uid == (server.home / "current").lstat().st_uid == 1234
