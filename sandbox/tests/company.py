"""A sandbox for a test: its verbs as a person says them, from code that lies below a folder closed to others."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sandbox.identity import Identity
from sandbox.place import PROJECT, Place


@dataclass(frozen=True)
class Code:
    """A copy of the code below a folder that only root may enter."""

    closed: Path

    @staticmethod
    @contextmanager
    def copied() -> Iterator[Code]:
        with tempfile.TemporaryDirectory(prefix="sb-closed-", dir="/var/tmp") as closed:  # made with mode 0700
            code = Code(Path(closed))
            shutil.copytree(PROJECT / "sandbox", code.project / "sandbox", ignore=shutil.ignore_patterns("__pycache__"))
            yield code

    @property
    def project(self) -> Path:
        return self.closed / "code"


@dataclass(frozen=True)
class Company:
    code: Code
    place: Place

    @staticmethod
    def named(code: Code, name: str) -> Company:
        return Company(code, Place.at(f"/var/tmp/{name}-{os.getpid()}"))

    @staticmethod
    @contextmanager
    def up(code: Code, name: str) -> Iterator[Company]:
        """Gone afterwards, however the test or the start itself ended."""
        company = Company.named(code, name)
        try:
            company.say("up")
            yield company
        finally:
            company.say("down")

    def say(self, verb: str, *words: str, fails: bool = False, seconds: float = 90) -> str:
        line = [sys.executable, "-m", "sandbox", verb, "--dir", str(self.place.root), *words]
        done = subprocess.run(line, cwd=self.code.project, capture_output=True, text=True, timeout=seconds, check=False,
                              env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"})
        assert (done.returncode != 0) == fails, f"{verb} {words}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stderr if fails else done.stdout

    def run(self, *words: str, user: str = "bot", fails: bool = False) -> str:
        return self.say("exec", "--user", user, "--", *words, fails=fails)

    def aws(self, service: str, call: str, **arguments: Any) -> dict[str, Any]:
        code = ("import boto3, json, os, sys; service, call, said = sys.argv[1:]; "
                "client = boto3.client(service, region_name=os.environ['AWS_REGION']); "
                "print(json.dumps(getattr(client, call)(**json.loads(said)), default=str))")
        return dict(json.loads(self.run(sys.executable, "-c", code, service, call, json.dumps(arguments))))

    def ssh(self, address: str, *words: str, fails: bool = False) -> str:
        options = ["-o", "StrictHostKeyChecking=accept-new", "-o", "BatchMode=yes", "-o", "ConnectTimeout=5"]
        return self.run("ssh", *options, "-i", str(self.place.key), f"admin@{address}", *words, fails=fails)

    def instances(self, count: int, environment: str = "staging") -> dict[str, str]:
        """Makes some that let people in; id to address."""
        subnet = self.aws("ec2", "describe_subnets", Filters=[
            {"Name": "tag:environment", "Values": [environment]}])["Subnets"][0]["SubnetId"]
        made = self.aws("ec2", "run_instances", ImageId="ami-0deb1212121212120", InstanceType="t3.small",
                        KeyName="signalbox", SubnetId=subnet, MinCount=count, MaxCount=count)
        found = {each["InstanceId"]: each["PrivateIpAddress"] for each in made["Instances"]}
        listens = ("import socket, sys, time\n"
                   "deadline = time.monotonic() + 30\n"
                   "for address in sys.argv[1:]:\n"
                   "    while socket.socket().connect_ex((address, 22)) and time.monotonic() < deadline:\n"
                   "        time.sleep(0.05)\n")
        self.run(sys.executable, "-c", listens, *found.values())
        return found

    def instances_at(self, address: str) -> dict[str, str]:
        """One at that address, made where there is none."""
        found = {each["id"]: address for each in json.loads(self.say("status", "--json"))["instances"]
                 if each["address"] == address}
        if not found:
            found = self.instances(1)
        assert list(found.values()) == [address]
        return found

    def facts(self) -> dict[str, Any]:
        return self.place.facts()


def wait_until(holds: Callable[[], bool], seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.2)


def processes_with(inside: Identity) -> list[Identity]:
    """Every process in the network of that one."""
    network = os.readlink(f"/proc/{inside.pid}/ns/net")
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if os.readlink(entry / "ns/net") == network:
                    found.append(Identity.of(int(entry.name)))
            except (FileNotFoundError, ProcessLookupError, PermissionError):
                continue  # it has just ended, or belongs to whoever runs this machine
    return [each for each in found if each is not None]


def processes_naming(place: Place) -> list[str]:
    """The command lines of every process that was started with that folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(FileNotFoundError, ProcessLookupError):
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                if f"{place.root}/" in line or line.rstrip().endswith(str(place.root)):
                    found.append(line)
    return found


def mounts() -> list[str]:
    return [line.split()[4] for line in Path("/proc/self/mountinfo").read_text().splitlines()]


def left_behind(uid: int) -> list[str]:
    """What belongs to an account where everybody may write."""
    found = []
    for folder in ("/tmp", "/var/tmp"):
        for entry in os.scandir(folder):
            with suppress(FileNotFoundError):  # other programs come and go there as well
                if entry.stat(follow_symlinks=False).st_uid == uid:
                    found.append(entry.path)
    return found
