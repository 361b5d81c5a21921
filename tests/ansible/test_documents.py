"""What the documents tell people to paste and to allow is what the playbooks need."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from playbook_runs import PROJECT, surroundings

AWS = (PROJECT / "docs/aws.md").read_text()
SERVICES = {"ec2": "ec2", "elbv2": "elasticloadbalancing"}
# What Amazon's modules and inventory call in the ways that the roles use them.
MODULES = {
    "amazon.aws.aws_ec2": ["DescribeInstances"],
    "amazon.aws.ec2_ami_info": ["DescribeImages"],
    "amazon.aws.ec2_vpc_subnet_info": ["DescribeSubnets"],
    "amazon.aws.ec2_instance": [
        "DescribeInstances", "DescribeInstanceStatus", "DescribeInstanceAttribute", "DescribeSecurityGroups", "DescribeSubnets",
        "DescribeTags", "RunInstances", "CreateTags", "ModifyInstanceAttribute", "StartInstances", "TerminateInstances",
    ],
}  # fmt: skip


def allowed() -> set[str]:
    policy = json.loads(re.findall(r"```json\n(.*?)```", AWS, re.DOTALL)[0])
    actions = (statement["Action"] for statement in policy["Statement"])
    return {action for some in actions for action in ([some] if isinstance(some, str) else some)}


def needed() -> set[str]:
    found: set[str] = set()
    for path in [*(PROJECT / "roles").rglob("*.yml"), *(PROJECT / "inventory").rglob("*.yml")]:
        text = path.read_text()
        for service, word in re.findall(r"aws_command \+ \['(\w+)', '([a-z-]+)'", text):
            found.add(f"{SERVICES[service]}:{''.join(part.capitalize() for part in word.split('-'))}")
        for module in re.findall(r"\b(?:amazon|community)\.aws\.\w+", text):
            found |= {f"ec2:{action}" for action in MODULES[module]}
    return found


def test_the_policy_allows_what_roles_and_inventory_do_and_nothing_else() -> None:
    assert allowed() == needed()


@pytest.mark.parametrize("environment", ["staging", "production"])
def test_the_names_in_the_document_are_those_of_the_settings(environment: str) -> None:
    settings = yaml.safe_load((PROJECT / f"inventory/{environment}/group_vars/all.yml").read_text())

    for group in settings["backend_target_groups"].values():
        assert f"targetgroup/{group}/" in AWS
    if environment == "staging":
        for name in (*settings["backend_security_groups"], *settings["backend_target_groups"].values(), settings["backend_key_name"]):
            assert f" `{name}` |" in AWS
        for seconds in (settings["backend_healthy_seconds"], settings["backend_drain_seconds"]):
            assert f" {seconds} seconds |" in AWS


def lines_by_hand(document: str) -> list[str]:
    """The block that is pasted into a shell, with a question in place of each playbook."""
    block = re.findall(r"(?:^    .*\n|^\n)+", (PROJECT / document).read_text(), re.MULTILINE)
    [pasted] = [each for each in block if "    PATH=$PWD/" in each and "ansible-playbook -i" in each]
    return [line.strip() for line in pasted.splitlines() if line.startswith("    ")]


@pytest.mark.parametrize("document", ["README.md", "docs/by-hand.md"])
def test_what_is_pasted_by_hand_starts_ansible_in_the_locale_of_another_machine(document: str, tmp_path: Path) -> None:
    lines = [re.sub(r"ansible-playbook -i .*", "ansible-playbook --version", line) for line in lines_by_hand(document)]
    assert "ansible-playbook --version" in lines
    elsewhere = {"PATH": "/usr/bin:/bin", "LANG": "de_DE.UTF-8", "LC_ALL": "de_DE.UTF-8"}

    ended = subprocess.run(
        ["sh", "-euc", "\n".join(lines)], cwd=PROJECT, env={**surroundings(tmp_path), **elsewhere},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "ansible-playbook [core 2.19" in ended.stdout
