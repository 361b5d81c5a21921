"""Packages come without their services, in a copy of this machine that is thrown away (an overlay of its own)."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
Machine = Callable[[str], tuple[int, str]]
POLICY = "/usr/sbin/policy-rc.d"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to install and to lay an overlay over the machine"),
]

# Prepares: redis-server is not installed. Its service would be enabled, and started where invoke-rc.d may.
REMOVED = """
set -eu
mount -t proc proc /proc
export PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive
dpkg --purge redis-server redis redis-sentinel >/dev/null 2>&1 || true
rm -f /var/lib/misc/signalbox-enabled-before
"""
STATE = """
echo "--"
cat /usr/sbin/policy-rc.d 2>/dev/null || echo "no policy"
echo "--"
find /etc/systemd/system /etc/rc[2-5].d -name '*redis*' ! -name 'K*'
echo "--"
command -v redis-server || echo "no redis-server"
"""


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Runs a script in the copy; gives its status and what it said."""
    # An overlay cannot lie on another one's upper layer: this needs a real file system or memory.
    layers = tmp_path / "layers"
    layers.mkdir()
    prepare = f"""
set -eu
mount -t tmpfs tmpfs {layers}
mkdir {layers}/upper {layers}/work {layers}/root
mount -t overlay overlay -o lowerdir=/,upperdir={layers}/upper,workdir={layers}/work {layers}/root
mount --rbind /dev {layers}/root/dev
mkdir -p {layers}/root/{PROJECT}
mount --bind {PROJECT} {layers}/root/{PROJECT}
cd {layers}/root
exec chroot . /bin/sh -s
"""

    def runs(script: str) -> tuple[int, str]:
        ended = subprocess.run(
            ["unshare", "--mount", "--pid", "--fork", "--propagation", "private", "/bin/sh", "-c", prepare],
            input=f"{REMOVED}cd {PROJECT}\n{script}",
            capture_output=True,
            text=True,
            timeout=300,
        )
        return ended.returncode, ended.stdout + ended.stderr

    return runs


INSTALL = "sh libexec/door/packages-quiet.sh redis-server\n"


def parts(said: str) -> list[str]:
    return [part.strip() for part in said.split("--\n")[1:]]


def test_no_service_is_enabled_and_no_policy_stays(machine: Machine) -> None:
    status, said = machine(f"rm -f {POLICY}\n{INSTALL}{STATE}")
    assert status == 0, said
    assert parts(said) == ["no policy", "", "/usr/bin/redis-server"]


def test_nothing_was_started(machine: Machine) -> None:
    status, said = machine(f"rm -f {POLICY}\n{INSTALL}echo --\ncat /proc/[0-9]*/comm\n")
    assert status == 0, said
    assert "redis" not in parts(said)[0]


def test_a_link_in_the_folder_that_everybody_may_write_to_leads_nowhere(machine: Machine) -> None:
    link = "mkdir -p /run/lock\necho precious >/root/precious\nln -sf /root/precious /run/lock/signalbox-packages\n"
    status, said = machine(f"{link}{INSTALL}echo --\ncat /root/precious\n")
    assert status == 0, said
    assert parts(said) == ["precious"]


def test_a_policy_that_was_there_comes_back(machine: Machine) -> None:
    own = "#!/bin/sh\n# of this machine\nexit 0"
    status, said = machine(f"printf '%s\\n' '{own}' >{POLICY}\nchmod 755 {POLICY}\n{INSTALL}{STATE}")
    assert status == 0, said
    assert parts(said) == [own, "", "/usr/bin/redis-server"]


def test_after_a_cut_off_the_next_installation_undoes_what_the_first_enabled(machine: Machine) -> None:
    # As a kill would leave it: the policy replaced, the list of links taken, the package half way in.
    cut_off = f"""
printf '#!/bin/sh\\nexit 0\\n' >{POLICY}
cp {POLICY} {POLICY}.before-signalbox
printf '%s\\n' '#!/bin/sh' '# signalbox: nothing is started while packages are installed' 'exit 101' >{POLICY}
chmod 755 {POLICY}
find /etc/systemd/system /etc/systemd/user /etc/rc[0-6S].d -type l | sort >/var/lib/misc/signalbox-enabled-before
apt-get -qq -y install --no-install-recommends redis-server >/dev/null 2>&1
find /etc/systemd/system -name redis-server.service | grep -q . || echo "the package enables nothing: this test is void"
./signalbox packages core
"""
    status, said = machine(f"{cut_off}{STATE}")
    assert status == 0, said
    assert "this test is void" not in said
    policy, enabled, _ = parts(said)
    assert (policy, enabled) == ("#!/bin/sh\nexit 0", "")


def test_a_package_that_does_not_exist_is_a_failure_that_leaves_nothing_behind(machine: Machine) -> None:
    status, said = machine(f"rm -f {POLICY}\nsh libexec/door/packages-quiet.sh no-such-package || echo refused $?\n{STATE}")
    assert status == 0, said
    assert "refused 1" in said and "no-such-package" in said
    assert parts(said)[0] == "no policy"
