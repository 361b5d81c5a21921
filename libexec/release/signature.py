"""Whether somebody who may has signed a commit. Its hash covers its tree and all before it, so one signature is enough."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from release.mirror import Mirror
from release.typed import brief

_GOOD = re.compile(r'^Good "git" signature for (.+) with \S+ key (\S+)$', re.MULTILINE)


@dataclass(frozen=True)
class Signature:
    # What people are shown, and why it is not enough, if it is not.
    shown: str
    flaw: str | None = None


def of(mirror: Mirror, commit: str, signers: Path | None) -> Signature:
    if signers is None:
        return Signature("not asked for")
    # Only SSH signatures count: whatever else is in the builder's key ring has nothing to say here.
    ended = mirror.git.run(
        "-C", str(mirror.folder), "-c", f"gpg.ssh.allowedSignersFile={signers}", "-c", "gpg.program=/bin/false",
        "-c", "gpg.x509.program=/bin/false", "verify-commit", "--raw", commit,
    )  # fmt: skip
    said = ended.errors + ended.output
    if found := _GOOD.search(said) if ended.well else None:
        return Signature(f"signed by {found[1]}")
    if not said.strip():
        why = "it is not signed"
    elif 'Good "git" signature' in said:
        why = "it is signed with a key that is not among them"
    else:
        why = f"its signature does not hold ({ended.reason()})"
    return Signature(why, f"commit {brief(commit)} has to be signed by somebody in {signers}, and {why}. Have it signed, or merge it with a"
                          " signed commit, and say it again.")  # fmt: skip
