"""Brings a sandbox up and returns when it is ready."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path

from sandbox import account, cgroup, identity, keys, repository, settings, view
from sandbox.account import Account
from sandbox.cgroup import Cgroup
from sandbox.ending import down
from sandbox.enter import PATH
from sandbox.place import PROJECT, Place
from sandbox.trouble import Trouble

NEEDED = {"haproxy": "haproxy", "sshd": "openssh-server", "ssh-keygen": "openssh-client", "ip": "iproute2",
          "unshare": "util-linux", "nsenter": "util-linux", "setpriv": "util-linux", "git": "git", "sudo": "sudo"}
SYSTEMD = Path("/lib/systemd/systemd")
READY_SECONDS = 60


def up(place: Place) -> float:
    """Returns the seconds that it took."""
    begun = time.monotonic()
    _refuse_unfit()
    _refuse_taken(place)
    group = cgroup.create(place.group_name)
    try:
        login = _lay_out(place, group)
        keys.create(place.key, "signalbox-sandbox")
        repository.create(place.repository, login)
        settings.write(place, login)
        login.own(place.key)
        _start(place, group)
    except BaseException:
        down(place)
        raise
    return time.monotonic() - begun


def _refuse_unfit() -> None:
    if os.geteuid() != 0:
        raise Trouble("the sandbox needs root: it makes namespaces, mounts and a control group")
    missing = {package for program, package in NEEDED.items() if shutil.which(program, path=PATH) is None}
    if not SYSTEMD.exists():
        missing.add("systemd")
    if missing:
        raise Trouble(f"missing here: {', '.join(sorted(missing))}; ./signalbox packages sandbox installs them")
    view.refuse_unreadable()


def _refuse_taken(place: Place) -> None:
    if not os.path.lexists(place.root):
        return
    place.refuse_foreign()
    if not place.marker.exists():
        if any(place.root.iterdir()):
            raise Trouble(f"{place.root} holds files and is no sandbox; give another folder with --dir")
        return
    supervisor = identity.recorded(place.supervisor_pid)
    if supervisor is not None:
        raise Trouble(f"a sandbox is up in {place.root} (process {supervisor.pid}); "
                      f"end it with: python -m sandbox down --dir {place.root}")
    print(f"clearing away what is left of a sandbox in {place.root}", file=sys.stderr)
    down(place)


def _lay_out(place: Place, group: Cgroup) -> Account:
    place.root.mkdir(mode=0o755, parents=True, exist_ok=True)
    place.refuse_foreign()  # it may have been made by another one just now
    place.root.chmod(0o755)
    uid = account.free_uid(str(place.root), account.taken_ids())
    facts = {"uid": uid, "group": str(group.path), "project": str(PROJECT)}
    fresh = place.root / ".marker"
    fresh.write_text(json.dumps(facts) + "\n")
    fresh.rename(place.marker)
    login = Account(uid, place.bot)
    for folder in (place.run, place.log, place.private_etc, place.machines, place.temporary, place.load,
                   place.key.parent):
        folder.mkdir(mode=0o755)
        folder.chmod(0o755)
    place.temporary.chmod(stat.S_ISVTX | 0o777)
    for home in (place.bot, place.root_home):
        home.mkdir(mode=0o700)
        home.chmod(0o700)
    login.own(place.bot, place.load)
    return login


def _start(place: Place, group: Cgroup) -> None:
    listen, tell = os.pipe()
    with (place.log / "supervisor.log").open("ab") as log:
        supervisor = subprocess.Popen(
            [sys.executable, "-m", "sandbox", "supervise", "--dir", str(place.root), "--ready", str(tell)],
            cwd=PROJECT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=[tell], start_new_session=True,
            env=_environment(place),
        )
    os.close(tell)
    with os.fdopen(listen) as answer:
        line = answer.readline().strip()
    if line != "ready":
        supervisor.wait(READY_SECONDS)
        last = (place.log / "supervisor.log").read_text()[-3000:]
        raise Trouble(f"the sandbox did not come up: {line or 'its process ended'}\n{last}")


def _environment(place: Place) -> dict[str, str]:
    """Nothing of the caller's: an endpoint or credentials of theirs must not get in."""
    kept = {name: value for name, value in os.environ.items() if name in ("LANG", "LC_ALL", "TZ")}
    return {**kept, "PATH": PATH, "HOME": "/root",
            "TMPDIR": str(place.temporary), "PYTHONDONTWRITEBYTECODE": "1"}
