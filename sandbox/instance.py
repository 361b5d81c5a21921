"""An EC2 instance as a machine: its address, its key pair's key for Debian's first account, an SSH server."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sandbox import keys
from sandbox.cgroup import Cgroup
from sandbox.machine import File, Login, Machine, Specification
from sandbox.place import PROJECT, Place

SSHD = """ListenAddress {address}:22
HostKey /etc/ssh/ssh_host_ed25519_key
PermitRootLogin no
PasswordAuthentication no
KbdInteractiveAuthentication no
UsePAM no
UseDNS no
PrintMotd no
Subsystem sftp internal-sftp
MaxStartups 100
MaxSessions 50
"""


@dataclass(frozen=True)
class Instance:
    id: str
    address: str
    authorized_key: str  # empty: nobody can log in, as on AWS


def machine(place: Place, instances: Cgroup, id: str) -> Machine:
    return Machine(
        name=id,
        disk=place.machines / id,
        group=instances.child(id),
        console=place.log / f"{id}.log",
    )


def specification(place: Place, instance: Instance) -> Specification:
    host_key = place.key.parent / instance.id
    keys.create(host_key, instance.id)
    files = {
        "/etc/ssh/sshd_config": File(SSHD.format(address=instance.address)),
        "/etc/ssh/ssh_host_ed25519_key": File(host_key.read_text(), 0o600),
        "/etc/ssh/ssh_host_ed25519_key.pub": File(keys.public(host_key) + "\n"),
        "/etc/sudoers.d/90-cloud-init-users": File("admin ALL=(ALL) NOPASSWD:ALL\n", 0o440),
    }
    return Specification(
        hostname="ip-" + instance.address.replace(".", "-"),
        login=Login("admin", 1000, instance.authorized_key + "\n"),
        files=files,
        units=("ssh.service",),
        hidden=_uppermost(PROJECT, place.root),
    )


def _uppermost(*paths: Path) -> tuple[str, ...]:
    """The code and the sandbox's own folder are no business of an instance."""
    system = {"/", "/usr", "/var", "/etc", "/tmp", "/run"}
    return tuple(next(str(part) for part in (*reversed(path.parents), path) if str(part) not in system)
                 for path in paths)
