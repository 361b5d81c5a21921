"""A whole sandbox: made, used and taken away again. Needs root and a cgroup2 that can be written."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox import identity
from sandbox.tests.company import Code, Company, left_behind, mounts, processes_with, wait_until

pytestmark = [pytest.mark.root, pytest.mark.skipif(os.geteuid() != 0, reason="needs root")]

UNIT = """[Service]
ExecStart=/opt/backend/bin/server
Environment=ADDRESS={address}
DynamicUser=yes
"""
DNS = "staging-web-1.eu-central-1.elb.amazonaws.com"


@pytest.fixture(scope="module")
def company(code: Code) -> Iterator[Company]:
    with Company.up(code, "sbt1") as made:
        yield made


def deploy(company: Company, address: str) -> None:
    """By hand and in short, what a playbook does."""
    package = company.place.bot / "copy" / "dist" / "backend.tar.gz"
    if not Path(package).exists():
        copy = str(company.place.bot / "copy")
        company.run("git", "clone", "--quiet", f"file://{company.place.repository}", copy)
        company.run(f"{copy}/build", "v-test")
    company.run("scp", "-q", "-o", "StrictHostKeyChecking=accept-new", "-i", str(company.place.key), str(package),
                f"admin@{address}:package.tar.gz")
    unit = company.place.bot / "backend.service"
    unit.write_text(UNIT.format(address=address))
    unit.chmod(0o644)
    company.run("scp", "-q", "-i", str(company.place.key), str(unit), f"admin@{address}:backend.service")
    company.ssh(address, "sudo mkdir -p /opt/backend && sudo tar -xf package.tar.gz -C /opt/backend "
                         "&& sudo cp backend.service /etc/systemd/system/ && sudo systemctl start backend")


def test_serves_drains_without_losing_a_request_and_leaves_no_trace(code: Code) -> None:
    mounted, accounts = mounts(), Path("/etc/passwd").read_text()
    with Company.up(code, "sbt") as company:
        facts = company.facts()
        inside = identity.recorded(company.place.inside_pid)
        assert inside is not None
        served_and_drained(company)
        company.run("touch", "/tmp/left-by-a-program-of-the-sandbox")
        processes = processes_with(inside)
        assert len(processes) > 5
    assert [process for process in processes if process.alive()] == []
    assert not Path(facts["group"]).exists()
    assert not company.place.root.exists()
    assert left_behind(facts["uid"]) == []
    assert mounts() == mounted
    assert Path("/etc/passwd").read_text() == accounts


def served_and_drained(company: Company) -> None:
    instances = company.instances(2)
    arn = company.aws("elbv2", "describe_target_groups", Names=["staging-web"])["TargetGroups"][0]["TargetGroupArn"]
    for address in instances.values():
        deploy(company, address)
    targets = [{"Id": id} for id in instances]

    def states() -> dict[str, str]:
        told = company.aws("elbv2", "describe_target_health", TargetGroupArn=arn, Targets=targets)
        return {each["Target"]["Id"]: each["TargetHealth"]["State"] for each in told["TargetHealthDescriptions"]}

    company.aws("elbv2", "register_targets", TargetGroupArn=arn, Targets=targets)
    wait_until(lambda: set(states().values()) == {"healthy"}, 30, "both are healthy")
    told = json.loads(company.run("curl", "-sS", "--fail", f"http://{DNS}/"))
    assert told["version"] == "v-test"
    assert told["instance"] in {"ip-" + address.replace(".", "-") for address in instances.values()}

    company.say("load", "start")
    leaves, stays = instances
    wait_until(lambda: json.loads(company.say("load", "report"))["by_kind"].get("slow", {}).get("requests", 0) > 0, 20,
               "slow requests were answered")
    company.aws("elbv2", "deregister_targets", TargetGroupArn=arn, Targets=[{"Id": leaves}])
    assert states() == {leaves: "draining", stays: "healthy"}
    wait_until(lambda: states() == {leaves: "unused", stays: "healthy"}, 30, "it has left")
    company.aws("ec2", "terminate_instances", InstanceIds=[leaves])
    wait_until(lambda: not (company.place.machines / leaves).exists(), 20, "its machine is gone")
    result = json.loads(company.say("load", "stop"))
    assert result["lost"] == 0, result["first_lost"]
    assert result["requests"] > 1000
    assert result["by_kind"]["slow"]["requests"] > 20
    assert result["cut"] > 0, "the long-lived connections of the one that left are cut"
    assert set(result["cuts"].values()) == {1}


def test_the_account_sees_the_code_and_changes_nothing_of_it(company: Company) -> None:
    project = company.code.project
    assert "whole small company" in company.run("cat", f"{project}/sandbox/__init__.py")
    assert "Read-only" in company.run("touch", f"{project}/mine", fails=True)
    assert "Read-only" in company.run("touch", f"{project}/mine", user="root", fails=True)
    assert company.run("id", "-un").strip() == "signalbox"
    assert company.run("id", "-u").strip() == str(company.facts()["uid"])
    assert f"{DNS}\n" in company.run("cat", "/etc/hosts")
    for file in ("/etc/passwd", "/etc/hosts"):
        assert company.run("cat", file) != Path(file).read_text()
    company.run("touch", f"{company.place.bot}/mine")
    assert "denied" in company.run("touch", f"{company.place.root}/mine", fails=True)


def test_a_program_gets_the_sandbox_and_hands_its_exit_code_through(company: Company) -> None:
    assert company.run("pwd").strip() == str(company.code.project)
    assert "AWS_ENDPOINT_URL=http://127.0.0.1:4566" in company.run("env")
    done = company.run("python3", "-c", "import sys; print('said', file=sys.stderr); sys.exit(7)", fails=True)
    assert "said" in done
    assert company.run("ip", "-brief", "link").split()[0] == "lo"
    assert len(company.run("ip", "-brief", "link").splitlines()) == 1


def test_an_instance_is_a_machine_of_its_own(company: Company) -> None:
    (id, address), = company.instances(1).items()
    assert company.ssh(address, "sudo cat /proc/1/comm").strip() == "systemd"
    assert company.ssh(address, "hostname").strip() == "ip-" + address.replace(".", "-")
    assert company.ssh(address, "ls /home").split() == ["admin"]
    assert "signalbox" not in company.ssh(address, "cat /etc/passwd")
    assert company.ssh(address, f"ls {company.place.root}", fails=True)
    assert "Read-only" in company.ssh(address, "sudo tee /proc/sys/vm/swappiness < /dev/null", fails=True)
    company.ssh(address, "echo kept | sudo tee /opt/note")
    company.aws("ec2", "stop_instances", InstanceIds=[id])
    wait_until(lambda: not machine_runs(company, id), 20, "it has stopped")
    company.aws("ec2", "start_instances", InstanceIds=[id])
    wait_until(lambda: machine_runs(company, id), 20, "it has started")
    wait_until(lambda: reachable(company, address), 20, "it lets people in")
    assert company.ssh(address, "cat /opt/note").strip() == "kept"


def machine_runs(company: Company, id: str) -> bool:
    told = json.loads(company.say("status", "--json"))
    return any(each["machine"] for each in told["instances"] if each["id"] == id)


def reachable(company: Company, address: str) -> bool:
    connects = f"import socket; raise SystemExit(socket.socket().connect_ex(('{address}', 22)) != 0)"
    try:
        company.run("python3", "-c", connects)
    except AssertionError:
        return False
    return True


def test_the_crew_starts_stops_and_kills(company: Company) -> None:
    listens = "import socket, time; s = socket.create_server(('127.0.0.1', 6379)); time.sleep(600)"
    writes = (f"import os, time; open('{company.place.bot}/ready', 'w').write(f'{{os.getpid()}}\\n'); time.sleep(600)")
    company.place.processes.write_text(json.dumps({
        "redis": {"argv": ["/usr/bin/python3", "-c", listens], "cwd": "/", "ready": {"tcp": "127.0.0.1:6379"}},
        "bot": {"argv": ["/usr/bin/python3", "-c", writes], "cwd": "/", "environment": {"ROLE": "bot"},
                "ready": {"file": f"{company.place.bot}/ready"}},
        "kafka": {"argv": ["/usr/bin/python3", "-c", "print('no disk'); raise SystemExit(3)"], "cwd": "/",
                  "ready": {"tcp": "127.0.0.1:9092"}},
    }))
    for part in ("redis", "bot"):
        company.say("crew", "start", part)
        assert "runs already" in company.say("crew", "start", part, fails=True)
    bot = identity.recorded(company.place.run / "bot.pid")
    assert bot is not None
    assert f"Uid:\t{company.facts()['uid']}" in Path(f"/proc/{bot.pid}/status").read_text()
    company.say("crew", "kill", "bot")
    assert not bot.alive()
    assert "does not run" in company.say("crew", "kill", "bot", fails=True)
    company.say("crew", "start", "bot")
    company.say("crew", "stop", "redis")
    assert "no disk" in company.say("crew", "start", "kafka", fails=True)


@pytest.mark.slow
def test_two_live_side_by_side_and_a_killed_one_is_cleared_away(code: Code, company: Company) -> None:
    with Company.up(code, "sbt2") as other:
        assert "is up in" in other.say("up", fails=True)
        theirs = other.instances(1)
        (address,) = theirs.values()
        mine = company.instances_at(address)
        company.ssh(address, "sudo touch /opt/written-in-one")
        assert "written-in-one" in company.ssh(address, "ls /opt")
        assert "written-in-one" not in other.ssh(address, "ls /opt")
        assert company.facts()["uid"] != other.facts()["uid"]
        supervisor = identity.recorded(other.place.supervisor_pid)
        assert supervisor is not None
        supervisor.send(signal.SIGKILL)
        supervisor.wait(10)
        group = Path(other.facts()["group"])
        assert group.exists()
    assert not group.exists()
    assert not other.place.root.exists()
    assert machine_runs(company, *mine)
