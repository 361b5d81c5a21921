"""The settings of the sample company's AWS account, all of them."""

from __future__ import annotations

from dataclasses import dataclass

REGION = "eu-central-1"
ENDPOINT_PORT = 4566
ENDPOINT = f"http://127.0.0.1:{ENDPOINT_PORT}"
IMAGE = {"id": "ami-0deb1212121212120", "name": "debian-12-amd64-20251001-0001", "owner": "136693071363"}
KEY_NAME = "signalbox"
SERVICE_PORT = 8080
HEALTH_PATH = "/health"
DEREGISTRATION_DELAY = 10  # seconds; on AWS 300 unless set
CHECK_SECONDS = 5  # the least that AWS allows; the sandbox's balancer asks more often, see balancer.py
HEALTHY, UNHEALTHY = 2, 2

# Playbooks, seed and load run with this and nothing else of AWS.
ENVIRONMENT = {
    "AWS_ENDPOINT_URL": ENDPOINT,
    "AWS_REGION": REGION,
    "AWS_ACCESS_KEY_ID": "sandbox",
    "AWS_SECRET_ACCESS_KEY": "sandbox",
    "AWS_EC2_METADATA_DISABLED": "true",
}


@dataclass(frozen=True)
class Environment:
    """`network`: the first two numbers of its private addresses; loopback ones, so that any process can use them."""

    name: str
    network: str

    @property
    def cidr(self) -> str:
        return f"{self.network}.0.0/16"

    @property
    def subnets(self) -> dict[str, str]:
        """Availability zone to address range."""
        return {f"{REGION}a": f"{self.network}.1.0/24", f"{REGION}b": f"{self.network}.2.0/24"}

    @property
    def target_group(self) -> str:
        return f"{self.name}-web"

    @property
    def balancer(self) -> str:
        return f"{self.name}-web"

    @property
    def security_group(self) -> str:
        return f"{self.name}-backend"


ENVIRONMENTS = (Environment("staging", "127.20"), Environment("production", "127.21"))
