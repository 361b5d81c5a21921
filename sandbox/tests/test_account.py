"""The emulated AWS account over its real HTTP interface, with the balancer's word for health made by the test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from botocore.exceptions import ClientError

from sandbox import emulator, environments, estate, pools, target_health
from sandbox.balancer import Health
from sandbox.environments import DEREGISTRATION_DELAY, ENVIRONMENTS
from sandbox.pools import Endpoint

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl test"


@dataclass
class Word:
    """Stands where the balancer is asked."""

    told: dict[str, Health] = field(default_factory=dict)
    now: float = 1000.0
    in_use: bool = True

    def health(self, _pool: str, id: str) -> Health | None:
        return self.told.get(id)

    def serves(self, _pool: str) -> bool:
        return self.in_use


@dataclass
class Aws:
    clients: estate.Clients
    account: emulator.Account
    word: Word
    changes: list[None]

    def group(self) -> dict[str, Any]:
        return dict(self.clients.balancing.describe_target_groups(Names=["staging-web"])["TargetGroups"][0])

    def instance(self) -> str:
        named = [{"Name": "tag:Name", "Values": ["staging-a"]}]
        subnet = self.clients.ec2.describe_subnets(Filters=named)["Subnets"][0]
        made = self.clients.ec2.run_instances(ImageId=environments.IMAGE["id"], InstanceType="t3.small", MinCount=1,
                                              MaxCount=1, SubnetId=subnet["SubnetId"], KeyName=environments.KEY_NAME)
        return str(made["Instances"][0]["InstanceId"])

    def register(self, id: str) -> None:
        self.clients.balancing.register_targets(TargetGroupArn=self.group()["TargetGroupArn"], Targets=[{"Id": id}])

    def deregister(self, id: str) -> None:
        self.clients.balancing.deregister_targets(TargetGroupArn=self.group()["TargetGroupArn"], Targets=[{"Id": id}])

    def state(self, id: str) -> tuple[str, str | None]:
        asked = self.clients.balancing.describe_target_health(TargetGroupArn=self.group()["TargetGroupArn"],
                                                              Targets=[{"Id": id}])
        health = asked["TargetHealthDescriptions"][0]["TargetHealth"]
        return health["State"], health.get("Reason")

    def listed(self) -> list[str]:
        asked = self.clients.balancing.describe_target_health(TargetGroupArn=self.group()["TargetGroupArn"])
        return [each["Target"]["Id"] for each in asked["TargetHealthDescriptions"]]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aws]:
    emulator.prepare(tmp_path_factory.mktemp("emulator"))
    word = Word()
    changes: list[None] = []
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            patch.delenv(name)
        from moto.elbv2.models import ELBv2Backend, FakeTargetGroup

        for kind, names in ((FakeTargetGroup, ("deregister", "deregister_terminated_instances", "health_for")),
                            (ELBv2Backend, ("describe_target_health",))):
            for name in names:  # put back at the end
                patch.setattr(kind, name, getattr(kind, name))
        target_health.follow(word, lambda: word.now)  # type: ignore[arg-type]
        server = emulator.Emulator(0, lambda: changes.append(None), lambda: {"asked": True})
        server.start()
        clients = estate.clients(server.endpoint)
        for environment in ENVIRONMENTS:
            estate.create(clients, environment, KEY)
        yield Aws(clients, emulator.Account(), word, changes)
        server.stop()


@pytest.fixture
def aws(running: Aws) -> Aws:
    running.word.in_use = True
    return running


def test_has_an_environment_of_everything(aws: Aws) -> None:
    assert {vpc["CidrBlock"] for vpc in aws.clients.ec2.describe_vpcs()["Vpcs"]} >= {"127.20.0.0/16", "127.21.0.0/16"}
    subnets = aws.clients.ec2.describe_subnets(Filters=[{"Name": "tag:environment", "Values": ["production"]}])
    assert {each["CidrBlock"] for each in subnets["Subnets"]} == {"127.21.1.0/24", "127.21.2.0/24"}
    assert aws.group()["HealthCheckPath"] == "/health"
    images = aws.clients.ec2.describe_images(Owners=["136693071363"], Filters=[
        {"Name": "name", "Values": ["debian-12-amd64-*"]}, {"Name": "state", "Values": ["available"]}])["Images"]
    assert len(images) == 1


def test_making_it_again_changes_nothing(aws: Aws) -> None:
    def everything() -> tuple[int, ...]:
        ec2, balancing = aws.clients.ec2, aws.clients.balancing
        return (len(ec2.describe_vpcs()["Vpcs"]), len(ec2.describe_subnets()["Subnets"]),
                len(ec2.describe_security_groups()["SecurityGroups"]), len(ec2.describe_key_pairs()["KeyPairs"]),
                len(balancing.describe_target_groups()["TargetGroups"]),
                len(balancing.describe_load_balancers()["LoadBalancers"]))

    before = everything()
    for environment in ENVIRONMENTS:
        estate.create(aws.clients, environment, KEY)
    assert everything() == before


def test_is_told_of_each_request(aws: Aws) -> None:
    before = len(aws.changes)
    aws.clients.ec2.describe_vpcs()
    assert len(aws.changes) == before + 1


def test_a_new_target_is_healthy_only_when_the_balancer_says_so(aws: Aws) -> None:
    id = aws.instance()
    assert aws.state(id) == ("unused", "Target.NotRegistered")
    aws.register(id)
    assert aws.state(id) == ("initial", "Elb.RegistrationInProgress")
    aws.word.told[id] = Health(up=False, reason="L7STS", seconds=1)
    assert aws.state(id) == ("initial", "Elb.RegistrationInProgress")
    aws.word.told[id] = Health(up=False, reason="L7STS", seconds=60)
    assert aws.state(id) == ("unhealthy", "Target.ResponseCodeMismatch")
    aws.word.told[id] = Health(up=True, reason="L7OK", seconds=61)
    assert aws.state(id)[0] == "healthy"


def test_a_target_of_a_group_without_a_listener_is_unused(aws: Aws) -> None:
    id = aws.instance()
    aws.register(id)
    aws.word.in_use = False
    assert aws.state(id) == ("unused", "Target.NotInUse")


def test_a_deregistered_target_drains_until_its_delay_is_over(aws: Aws) -> None:
    id = aws.instance()
    aws.register(id)
    aws.deregister(id)
    assert aws.state(id) == ("draining", "Target.DeregistrationInProgress")
    assert id in aws.listed()
    aws.word.now += DEREGISTRATION_DELAY - 0.1
    assert aws.state(id)[0] == "draining"
    aws.word.now += 0.2
    assert aws.state(id) == ("unused", "Target.NotRegistered")
    assert id not in aws.listed()


def test_a_target_that_comes_back_while_draining_does_not_drain(aws: Aws) -> None:
    id = aws.instance()
    aws.register(id)
    aws.word.told[id] = Health(up=True, reason="L7OK", seconds=9)
    aws.deregister(id)
    aws.register(id)
    assert aws.state(id)[0] == "healthy"


def test_deregistering_what_is_not_there_is_no_error(aws: Aws) -> None:
    id = aws.instance()
    aws.deregister(id)
    aws.register(id)
    aws.deregister(id)
    aws.deregister(id)
    assert aws.state(id)[0] == "draining"


def test_a_terminated_target_drains_too(aws: Aws) -> None:
    id = aws.instance()
    aws.register(id)
    aws.clients.ec2.terminate_instances(InstanceIds=[id])
    assert aws.state(id)[0] == "draining"


def test_an_unknown_group_is_an_error_as_on_aws(aws: Aws) -> None:
    arn = aws.group()["TargetGroupArn"][:-4] + "0000"
    with pytest.raises(ClientError, match="TargetGroupNotFound"):
        aws.clients.balancing.describe_target_health(TargetGroupArn=arn)


def test_the_balancer_is_asked_for_what_the_account_says(aws: Aws) -> None:
    addresses = {"staging-web-1": "127.30.0.1", "production-web-1": "127.30.0.2"}
    shape = pools.shape(aws.account.load_balancers(), aws.account.target_groups(),
                        lambda name: addresses[name.split(".")[0]])
    assert [(front.name, front.address, front.port, front.pool) for front in shape.fronts] == [
        ("production-web-80", "127.30.0.2", 80, "production-web"), ("staging-web-80", "127.30.0.1", 80, "staging-web")]
    assert shape.pools[1].check.path == "/health"
    id = aws.instance()
    aws.register(id)
    group = next(each for each in aws.account.target_groups() if each.name == "staging-web")
    assert pools.membership(group, {id: "127.20.1.9"}.get).members == {id: Endpoint("127.20.1.9", 8080)}
    aws.deregister(id)
    assert pools.membership(group, {id: "127.20.1.9"}.get).leaving[id] == aws.word.now + DEREGISTRATION_DELAY
