"""The local Kafka and Redis: what is written for them, and when they are wanted at all."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

sys.path.insert(0, str(Path(__file__).parent))
from parts import part

DOOR = Path(__file__).resolve().parents[2] / "libexec" / "door"


def local_parts(folder: Path, *more: str) -> str:
    argv = [sys.executable, str(DOOR / "local_parts.py"), str(folder), *more]
    return subprocess.run(argv, capture_output=True, text=True, check=True).stdout


def before_run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(DOOR / "before_run.py"), *arguments],
        cwd=cwd,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
    )


def test_every_secret_is_long_its_owners_alone_and_never_the_same(tmp_path: Path) -> None:
    local_parts(tmp_path / "local")
    files = [path for path in (tmp_path / "local").rglob("*") if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    passwords = [path.read_text() for path in files if "password" in path.name]
    assert len(set(passwords)) == 3
    assert min(map(len, passwords)) >= 32


def test_ports_and_passwords_are_chosen_once(tmp_path: Path) -> None:
    first = local_parts(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert local_parts(tmp_path) == first
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_tells_which_files_it_wrote_and_on_the_second_time_that_it_wrote_none(tmp_path: Path) -> None:
    def wrote() -> set[str]:
        lines = local_parts(tmp_path, "--part", "redis", "--tell").splitlines()
        return {line.removeprefix("wrote=") for line in lines if line.startswith("wrote=")}

    assert wrote() == {str(path) for path in tmp_path.rglob("*") if path.is_file()}
    assert wrote() == set()
    (tmp_path / "redis" / "redis.conf").write_text("port 1\n")
    assert wrote() == {str(tmp_path / "redis" / "redis.conf")}


def test_ports_lie_below_those_that_the_kernel_gives_away(tmp_path: Path) -> None:
    ports = [int(line.partition("=")[2]) for line in local_parts(tmp_path).splitlines()]
    assert len(set(ports)) == 2
    assert all(1024 < port < 32768 for port in ports)


def test_the_bots_settings_name_files_of_passwords_and_never_a_password(tmp_path: Path) -> None:
    local_parts(tmp_path, "--kafka-port", "9092", "--redis-port", "6379")
    settings = yaml.safe_load((tmp_path / "bot.yml").read_text())
    assert settings["redis"] == {"uri": "redis://127.0.0.1:6379/0", "password-file": str(tmp_path / "redis" / "password")}
    assert settings["kafka"]["brokers"] == "127.0.0.1:9092"
    assert settings["kafka"]["username"] == "bot"
    reader = yaml.safe_load((tmp_path / "ops.yml").read_text())
    assert reader["kafka"]["username"] == "ops"
    assert "redis" not in reader
    text = (tmp_path / "bot.yml").read_text() + (tmp_path / "ops.yml").read_text()
    for secret in tmp_path.rglob("*password"):
        assert secret.read_text() not in text


def test_redis_keeps_what_it_acknowledged_and_listens_to_this_machine_only(tmp_path: Path) -> None:
    local_parts(tmp_path, "--part", "redis")
    lines = (tmp_path / "redis" / "redis.conf").read_text().splitlines()
    assert {"bind 127.0.0.1", "appendonly yes", "appendfsync always", "protected-mode yes"} <= set(lines)


def test_with_one_part_the_settings_name_no_other(tmp_path: Path) -> None:
    local_parts(tmp_path, "--part", "redis")
    assert set(yaml.safe_load((tmp_path / "bot.yml").read_text())) == {"redis"}


def test_both_run_here_when_nobody_set_where_they_are(tmp_path: Path) -> None:
    assert before_run(cwd=tmp_path).stdout.split() == ["kafka", "redis"]


def test_a_part_that_is_set_in_any_way_is_not_started(tmp_path: Path) -> None:
    nested = tmp_path / "nested.yml"
    nested.write_text("kafka: {brokers: 'broker:9092'}\n")
    dotted = tmp_path / "dotted.yml"
    dotted.write_text("redis.uri: redis://elsewhere:6379/0\n")
    assert before_run("--settings", str(nested), cwd=tmp_path).stdout.split() == ["redis"]
    assert before_run("--settings", str(nested), "--settings", str(dotted), cwd=tmp_path).stdout == ""
    assert before_run("--set", "kafka.brokers=broker:9092", cwd=tmp_path).stdout.split() == ["redis"]
    assert before_run(cwd=tmp_path, SIGNALBOX_REDIS_URI="redis://elsewhere:6379/0").stdout.split() == ["kafka"]
    watched = tmp_path / "watched.yml"
    watched.write_text("redis: {sentinels: ['one:26379', 'two:26379'], master: brain}\n")
    assert before_run("--settings", str(watched), cwd=tmp_path).stdout.split() == ["kafka"]


def reader(folder: Path, *options: str, **environment: str) -> str:
    (folder / "local").mkdir(exist_ok=True)
    (folder / "local" / "ops.yml").touch()
    script = 'system_python=/usr/bin/python3\ncd "$private"\nreader_settings "$@"\nprintf "%s" "$reader"'
    python = f"python='{sys.executable}'\n"
    look = f'{python}ln -sfn {DOOR.parent} "$private/libexec"\n'
    ended = part("say local", look + script, *options, folder=folder, **environment)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_the_log_is_read_with_the_local_brokers_account_while_kafka_is_left_to_us(tmp_path: Path) -> None:
    assert reader(tmp_path) == f"{tmp_path}/local/ops.yml"
    assert reader(tmp_path, SIGNALBOX_REDIS_URI="redis://elsewhere:6379/0") == f"{tmp_path}/local/ops.yml"


def test_what_a_local_broker_left_behind_is_not_read_once_another_kafka_is_set(tmp_path: Path) -> None:
    assert reader(tmp_path, SIGNALBOX_KAFKA_BROKERS="broker:9092") == ""
    assert reader(tmp_path, "tail", "--set", "kafka.brokers=broker:9092", "--follow") == ""
    (tmp_path / "signalbox.yml").write_text("kafka: {brokers: 'broker:9092'}\nredis: {uri: 'redis://elsewhere:6379/0'}\n")
    assert reader(tmp_path) == ""


def test_a_demos_log_is_read_with_the_account_of_its_own_broker(tmp_path: Path) -> None:
    (tmp_path / "bot" / "local").mkdir(parents=True)
    (tmp_path / "bot" / "local" / "ops.yml").touch()
    (tmp_path / "settings.yml").write_text("demo: true\n")
    assert reader(tmp_path, DEMO_FOLDER=str(tmp_path)) == f"{tmp_path}/bot/local/ops.yml"


@pytest.mark.parametrize("state", ["demo/bot/state", "demo"])
def test_the_folder_of_a_demo_is_refused(tmp_path: Path, state: str) -> None:
    (tmp_path / "demo" / "bot" / "state").mkdir(parents=True)
    (tmp_path / "demo" / "signalbox-demo").write_text("{}")
    ended = before_run("--set", f"state={state}", cwd=tmp_path)
    assert ended.returncode == 1
    assert "belongs to the demo" in ended.stderr


def test_the_settings_of_a_demo_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "settings.yml"
    file.write_text("demo: true\n")
    ended = before_run("--settings", str(file), cwd=tmp_path)
    assert ended.returncode == 1
    assert "demo: true" in ended.stderr


@pytest.mark.parametrize(("content", "says"), [(None, "cannot be read"), ("kafka: [", "not YAML")])
def test_a_settings_file_that_cannot_be_read_is_named(tmp_path: Path, content: str | None, says: str) -> None:
    file = tmp_path / "settings.yml"
    if content is not None:
        file.write_text(content)
    ended = before_run("--settings", str(file), cwd=tmp_path)
    assert ended.returncode == 1
    assert str(file) in ended.stderr and says in ended.stderr
