"""Why a commit may not follow the one in use. Asked when people look, and again when it is built."""

from __future__ import annotations

from release import signature
from release.builder import Builder
from release.signature import Signature
from release.typed import brief

# Playbooks that move alone run with the Python tools of the release in use.
_TOOLS = ("requirements.txt", "requirements-collections.txt")


def to(builder: Builder, link: str, start: str, end: str, again: bool, signed: Signature) -> str | None:
    """`link`: what would name `end` in place of `start`; `again`: that it was rejected does not count."""
    return (
        _order(builder, link, start, end)
        or (None if again else rejection(builder, end))
        or signed.flaw
        or _dirt(builder, start)
        or (_tools(builder, end) if link == "playbooks" else None)
    )


def rejection(builder: Builder, commit: str) -> str | None:
    why = builder.place.rejected().get(commit)
    return why and (
        f"release {brief(commit)} was taken back before ({why}). A newer commit mends it; to try the same one again, say --again."
    )


def signature_of(builder: Builder, commit: str) -> Signature:
    return signature.of(builder.mirror, commit, builder.settings.allowed_signers)


def _order(builder: Builder, link: str, start: str, end: str) -> str | None:
    if start == end:
        return f"there is nothing newer: {brief(end)} is in use already."
    mirror = builder.mirror
    if not mirror.leads_to(end):
        return f"no branch or tag of {mirror.remote} leads to {brief(end)} any more; look again what would come."
    forward = f"Only what {brief(start)} is a part of can follow it"
    if not mirror.knows(start):
        missing = f"{mirror.remote} does not have {brief(start)}, which is in use"
        return f"{forward}, and {missing}. Push it, or install anew by the install playbook."
    if mirror.is_before(end, start):
        return f"{forward}, and {brief(end)} is older. `rollback yourself` goes back to the release before."
    if not mirror.is_before(start, end):
        return f"{forward}, and {brief(end)} is not fast-forward: it lacks commits of {brief(start)}. Merge them into it and say it again."
    alone = builder.place.named("playbooks") if link == "current" else start
    if alone != start and not mirror.is_before(alone, end):
        return f"the playbooks are at {brief(alone)}, which {brief(end)} lacks: they would go back. Take a commit that has both."
    return None


def _dirt(builder: Builder, start: str) -> str | None:
    """What somebody has changed by hand in what is in use would be gone without a word."""
    folder = builder.place.files_of(start)
    if folder is None:
        return f"{brief(start)} is in use, and its folder is not there or not finished; look what is in {builder.place.home}."
    flaw = builder.working_copy(folder).flaw(start)
    return flaw and (
        f"what is in use is not what was committed, and would be lost: {folder}: {flaw}. Commit and push it, or take it back"
        f" (git -C {folder} checkout .), and say it again."
    )


def _tools(builder: Builder, end: str) -> str | None:
    current = builder.place.named("current")
    if not builder.mirror.knows(current):
        return f"{builder.mirror.remote} does not have {brief(current)}, which is in use, so nobody can say whether its tools will do."
    changed = builder.mirror.changed(current, end, *_TOOLS)
    return (
        f"{brief(end)} needs other Python tools than {brief(current)} has ({', '.join(changed)}); `update yourself` brings both."
        if changed
        else None
    )
