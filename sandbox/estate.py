"""What the sample company has in AWS before its first instance, for each environment the same.

Made with boto3 inside the supervisor: the same calls as a playbook's modules in half a second in place of half a
minute. Each step looks first and changes nothing that is there, so it may run again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox import environments
from sandbox.environments import ENVIRONMENT, Environment

Tags = dict[str, str]


@dataclass(frozen=True)
class Clients:
    ec2: Any
    balancing: Any


def clients(endpoint: str = environments.ENDPOINT) -> Clients:
    import boto3

    session = boto3.session.Session(
        aws_access_key_id=ENVIRONMENT["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=ENVIRONMENT["AWS_SECRET_ACCESS_KEY"],
        region_name=environments.REGION,
    )
    return Clients(session.client("ec2", endpoint_url=endpoint),
                   session.client("elbv2", endpoint_url=endpoint))


def create(aws: Clients, environment: Environment, public_key: str) -> None:
    _key(aws, public_key)
    vpc = _vpc(aws, environment)
    subnets = [_subnet(aws, environment, vpc, zone, cidr) for zone, cidr in environment.subnets.items()]
    group = _security_group(aws, environment.security_group, vpc, [22, environments.SERVICE_PORT], environment.cidr)
    front = _security_group(aws, f"{environment.name}-balancer", vpc, [80], "0.0.0.0/0")
    _tag(aws, [vpc, *subnets, group, front], environment)
    targets = _target_group(aws, environment, vpc)
    _listener(aws, _balancer(aws, environment, subnets, front), targets)


def _key(aws: Clients, public_key: str) -> None:
    found = aws.ec2.describe_key_pairs(Filters=[{"Name": "key-name", "Values": [environments.KEY_NAME]}])["KeyPairs"]
    if not found:
        aws.ec2.import_key_pair(KeyName=environments.KEY_NAME, PublicKeyMaterial=public_key.encode())


def _vpc(aws: Clients, environment: Environment) -> str:
    found = aws.ec2.describe_vpcs(Filters=[{"Name": "cidr", "Values": [environment.cidr]}])["Vpcs"]
    vpc = found[0] if found else aws.ec2.create_vpc(CidrBlock=environment.cidr)["Vpc"]
    return str(vpc["VpcId"])


def _subnet(aws: Clients, environment: Environment, vpc: str, zone: str, cidr: str) -> str:
    filters = [{"Name": "vpc-id", "Values": [vpc]}, {"Name": "cidr-block", "Values": [cidr]}]
    found = aws.ec2.describe_subnets(Filters=filters)["Subnets"]
    subnet = found[0] if found else aws.ec2.create_subnet(VpcId=vpc, CidrBlock=cidr, AvailabilityZone=zone)["Subnet"]
    name = f"{environment.name}-{zone[-1]}"
    aws.ec2.create_tags(Resources=[subnet["SubnetId"]], Tags=[{"Key": "Name", "Value": name}])
    return str(subnet["SubnetId"])


def _security_group(aws: Clients, name: str, vpc: str, ports: list[int], source: str) -> str:
    filters = [{"Name": "vpc-id", "Values": [vpc]}, {"Name": "group-name", "Values": [name]}]
    found = aws.ec2.describe_security_groups(Filters=filters)["SecurityGroups"]
    if found:
        return str(found[0]["GroupId"])
    group = aws.ec2.create_security_group(GroupName=name, Description=name, VpcId=vpc)["GroupId"]
    aws.ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[
        {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "IpRanges": [{"CidrIp": source}]} for port in ports
    ])
    return str(group)


def _tag(aws: Clients, resources: list[str], environment: Environment) -> None:
    aws.ec2.create_tags(Resources=resources, Tags=[{"Key": "environment", "Value": environment.name}])
    aws.ec2.create_tags(Resources=resources[:1], Tags=[{"Key": "Name", "Value": environment.name}])


def _target_group(aws: Clients, environment: Environment, vpc: str) -> str:
    name = environment.target_group
    for group in aws.balancing.describe_target_groups()["TargetGroups"]:
        if group["TargetGroupName"] == name:
            arn = group["TargetGroupArn"]
            break
    else:
        arn = aws.balancing.create_target_group(
            Name=name, Protocol="HTTP", Port=environments.SERVICE_PORT, VpcId=vpc, TargetType="instance",
            HealthCheckProtocol="HTTP", HealthCheckPath=environments.HEALTH_PATH, Matcher={"HttpCode": "200"},
            HealthCheckIntervalSeconds=environments.CHECK_SECONDS, HealthCheckTimeoutSeconds=2,
            HealthyThresholdCount=environments.HEALTHY, UnhealthyThresholdCount=environments.UNHEALTHY,
            Tags=[{"Key": "environment", "Value": environment.name}],
        )["TargetGroups"][0]["TargetGroupArn"]
    aws.balancing.modify_target_group_attributes(TargetGroupArn=arn, Attributes=[
        {"Key": "deregistration_delay.timeout_seconds", "Value": str(environments.DEREGISTRATION_DELAY)},
    ])
    return str(arn)


def _balancer(aws: Clients, environment: Environment, subnets: list[str], group: str) -> str:
    for balancer in aws.balancing.describe_load_balancers()["LoadBalancers"]:
        if balancer["LoadBalancerName"] == environment.balancer:
            return str(balancer["LoadBalancerArn"])
    made = aws.balancing.create_load_balancer(
        Name=environment.balancer, Subnets=subnets, SecurityGroups=[group], Scheme="internet-facing",
        Type="application", Tags=[{"Key": "environment", "Value": environment.name}],
    )
    return str(made["LoadBalancers"][0]["LoadBalancerArn"])


def _listener(aws: Clients, balancer: str, targets: str) -> None:
    if not aws.balancing.describe_listeners(LoadBalancerArn=balancer)["Listeners"]:
        aws.balancing.create_listener(
            LoadBalancerArn=balancer, Protocol="HTTP", Port=80,
            DefaultActions=[{"Type": "forward", "TargetGroupArn": targets}],
        )
