"""However a sandbox ends, nothing of it is left, and nothing that is another's is touched."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from sandbox import identity
from sandbox.tests.company import Code, Company, processes_naming, wait_until

pytestmark = [pytest.mark.root, pytest.mark.skipif(os.geteuid() != 0, reason="needs root")]


@pytest.mark.slow
def test_sigterm_to_the_supervisor_ends_all_of_it(code: Code) -> None:
    with Company.up(code, "sbt") as company:
        company.instances(1)
        supervisor = identity.recorded(company.place.supervisor_pid)
        group = Path(company.facts()["group"])
        assert supervisor is not None
        supervisor.send(signal.SIGTERM)
        assert supervisor.wait(20)
        assert not company.place.root.exists()
        assert not group.exists()
        assert "there is no sandbox" in company.say("down")


def test_a_test_that_fails_and_a_process_inside_that_was_killed_leave_nothing(code: Code) -> None:
    with pytest.raises(AssertionError, match="no kindness"), Company.up(code, "sbt3") as company:
        inside = identity.recorded(company.place.inside_pid)
        assert inside is not None
        assert any(line.startswith("haproxy") for line in processes_naming(company.place))
        inside.send(signal.SIGKILL)
        wait_until(lambda: processes_naming(company.place) == [], 20, "what it had started has ended with it")
        raise AssertionError("no kindness")
    assert not company.place.root.exists()


def test_a_start_that_fails_leaves_nothing() -> None:
    with Code.copied() as broken:
        file = broken.project / "sandbox" / "inside.py"
        begun = file.read_text()
        assert "    reconciler.start()\n" in begun  # the balancer runs by then
        file.write_text(begun.replace("    reconciler.start()\n", "    raise RuntimeError('broken on purpose')\n"))
        company = Company.named(broken, "sbt4")
        assert "broken on purpose" in company.say("up", fails=True)
        assert processes_naming(company.place) == []
        assert not company.place.root.exists()


def test_what_another_account_left_is_neither_believed_nor_cleared_away(code: Code) -> None:
    company = Company.named(code, "sbt5")
    with subprocess.Popen(["/bin/sleep", "60"]) as bystander:
        try:
            company.place.run.mkdir(parents=True)
            identity.record(company.place.supervisor_pid, bystander.pid)
            company.place.marker.write_text(json.dumps({"uid": 89_999, "group": "/sys/fs/cgroup", "project": "/"}))
            os.chown(company.place.root, 65534, 65534)
            for verb in ("up", "down", "status"):
                assert "is not yours alone" in company.say(verb, fails=True)
            assert bystander.poll() is None
            assert company.place.marker.exists()
        finally:
            shutil.rmtree(company.place.root)
            bystander.kill()
