"""The unit files as they lie in the project: what systemd itself says of them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

UNITS = Path(__file__).resolve().parents[2] / "systemd"
ALL = sorted(path.name for path in (*UNITS.glob("*.service"), *UNITS.glob("*.socket")))
SERVICES = [name for name in ALL if name.endswith(".service")]
WORST = {"signalbox.service": 2.0, "signalbox-run@.service": 4.5, "signalbox-release@.service": 2.5,
         "signalbox-redis.service": 2.0, "signalbox-kafka.service": 2.0}
pytestmark = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")


def analyze(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["systemd-analyze", *words], cwd=UNITS, capture_output=True, text=True, timeout=60, check=False)


def text(name: str) -> str:
    return (UNITS / name).read_text()


def value(unit: str, key: str) -> str:
    found = re.findall(rf"^{key}=(.*)$", text(unit), re.MULTILINE)
    assert len(found) == 1, f"{key}= in {unit}: {found}"
    return str(found[0])


def seconds(unit: str, key: str) -> float:
    number = value(unit, key)
    return int(number.removesuffix("ms")) / 1000 if number.endswith("ms") else float(number)


@pytest.mark.parametrize("unit", ALL)
def test_systemd_understands_every_line(unit: str) -> None:
    said = analyze("verify", "--man=no", "--recursive-errors=yes", f"./{unit}")
    assert (said.returncode, said.stderr, said.stdout) == (0, "", "")


def test_the_check_of_the_units_would_see_a_line_that_systemd_does_not_know(tmp_path: Path) -> None:
    for name in ALL:
        shutil.copy(UNITS / name, tmp_path)
    (tmp_path / "signalbox.service").write_text(text("signalbox.service").replace("RestartSec=", "RestartSecs="))
    said = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=yes", "./signalbox.service"],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
    )
    assert "RestartSecs" in said.stderr


@pytest.mark.parametrize("unit", SERVICES)
def test_each_is_shut_in_as_far_as_it_can_work(unit: str) -> None:
    said = analyze("security", "--offline=true", f"./{unit}")
    exposure = re.search(r"exposure level for \S+: ([0-9.]+)", said.stdout)
    assert exposure, said
    assert float(exposure[1]) <= WORST[unit]


@pytest.mark.parametrize("unit", ["signalbox.service", "signalbox-run@.service", "signalbox-release@.service"])
def test_every_option_that_is_left_out_is_explained_in_the_unit(unit: str) -> None:
    said = analyze("security", "--offline=true", "--json=short", f"./{unit}")
    unset = [check["name"] for check in json.loads(said.stdout) if not check["set"]]
    assert unset
    explained = text(unit).split("# Left out, and why")[1]
    for name in unset:
        option, _, what = name.partition("=")
        names = [what] if what.startswith("~") else [part.strip("=") + "=" for part in name.split("/")]
        found = any(each in explained for each in names) or (what.startswith("~") and f"{option}=, " in explained)
        assert found or f"{option}=" in explained, f"{name} is neither set nor explained in {unit}"


def test_two_starts_in_vain_and_the_way_back_fit_into_a_minute() -> None:
    unit = "signalbox.service"
    assert value(unit, "TimeoutStartFailureMode") == "kill"
    in_vain = 2 * (seconds(unit, "TimeoutStartSec") + seconds(unit, "RestartSec"))
    assert in_vain <= 45, "the release before needs time for its own start as well"


def test_starts_are_not_limited_so_that_no_clean_exit_can_use_them_up() -> None:
    assert value("signalbox.service", "StartLimitIntervalSec") == "0"
    assert value("signalbox.service", "Restart") == "always"
    assert "OnFailure" not in value_free(text("signalbox.service"))


def value_free(unit: str) -> str:
    """Without its comments."""
    return "\n".join(line for line in unit.splitlines() if not line.startswith("#"))


@pytest.mark.parametrize("unit", ["signalbox-run.socket", "signalbox-release.socket"])
def test_nobody_but_the_bot_may_start_a_run_or_order_a_release(unit: str) -> None:
    assert (value(unit, "SocketUser"), value(unit, "SocketMode")) == ("signalbox", "0600")


def test_no_unit_of_the_bot_keeps_a_privilege_but_its_failure_handler() -> None:
    for unit in SERVICES:
        assert value(unit, "CapabilityBoundingSet") == "" and value(unit, "NoNewPrivileges") == "yes"
        assert value(unit, "User").startswith("signalbox")
        privileged = re.findall(r"^Exec\w+=-?\+", text(unit), re.MULTILINE)
        assert len(privileged) == (1 if unit == "signalbox.service" else 0)
