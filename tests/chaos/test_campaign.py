"""The campaign as people start it, and what it is worth: bots that break a promise on purpose."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT))

from chaos.faults import LASTS  # noqa: E402
from chaos.sabotage.breaks import BREAKS  # noqa: E402

pytestmark = [pytest.mark.root, pytest.mark.skipif(os.geteuid() != 0, reason="mounts and namespaces need root")]
LAST = re.compile(r"chaos commands=(\d+) faults=(\d+) violations=0 recovery_p50_ms=(\d+) recovery_max_ms=(\d+)")
APP = PROJECT / ".signalbox" / "app"


def test_two_minutes_of_faults_break_no_promise() -> None:
    done = subprocess.run(
        ["./signalbox", "chaos", "--minutes", "1.8", "--seed", "3"], cwd=PROJECT, capture_output=True, text=True, timeout=400
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    last = LAST.fullmatch(done.stdout.splitlines()[-1])
    assert last, done.stdout
    assert int(last[1]) > 100
    assert int(last[2]) >= len(LASTS) // 2
    folder = re.search(r" in (/var/tmp/signalbox-chaos-\S+)", done.stderr)[1]
    assert not Path(folder).exists(), "a campaign that found nothing leaves nothing"


@pytest.mark.slow
def test_who_ends_it_ends_all_of_it() -> None:
    campaign = subprocess.Popen(["./signalbox", "chaos"], cwd=PROJECT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    folder = ""
    for line in campaign.stderr:
        folder = re.search(r" in (/var/tmp/signalbox-chaos-\S+)", line)[1] if " in /var/tmp/" in line else folder
        if "people begin to talk" in line:
            break
    campaign.send_signal(signal.SIGTERM)
    assert campaign.wait(timeout=30) == 130
    campaign.stderr.close()
    assert not Path(folder).exists()
    assert subprocess.run(["pgrep", "--full", folder], stdout=subprocess.DEVNULL, timeout=10).returncode == 1


@pytest.mark.slow
@pytest.mark.parametrize("name", [each.name for each in BREAKS])
def test_a_broken_bot_is_caught_by_the_check_that_is_there_for_it(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "chaos.sabotage", "--app", str(APP.resolve()), name], cwd=PROJECT, capture_output=True, text=True,
        timeout=1900,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
