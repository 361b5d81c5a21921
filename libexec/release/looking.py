"""The orders that only look: what would come, and what was before."""

from __future__ import annotations

from dataclasses import asdict

from release import objection, typed
from release.builder import Builder
from release.lock import held
from release.mirror import Logged
from release.refused import Refused
from release.typed import brief

LINKS = ("current", "playbooks")
_MOST_COMMITS = 50
# Where roles, approvals and runners stand: the catalog, and the bot's own words.
_CATALOG = "commands/"
_WORDS = "src/main/resources/io/signalbox/catalog/words.yml"
# As long as somebody else's fetch may take.
PATIENCE = 65.0


def look(builder: Builder, order: dict) -> dict:
    """Fetches first: what a branch is, is asked of the repository and not of memory."""
    link = link_of(order)
    name = order.get("ref")
    name = builder.settings.branch if name is None else typed.ref(name)
    with held(builder.fetch_lock, "to look what would come", PATIENCE):
        builder.mirror.fetch()
        start = builder.place.named(link)
        end = builder.mirror.resolve(name)
        signed = objection.signature_of(builder, end)
        refused = objection.to(builder, link, start, end, order.get("again") is True, signed)
        return {"signature": signed.shown, "refused": refused, **_told(builder, link, start, end)}


def before(builder: Builder, order: dict) -> dict:
    """The release that was in use before the current one, as far as it is still there; for playbooks, that release itself."""
    link = link_of({"link": "current", **order})
    start = builder.place.named(link)
    end = _release_before(builder, start) if link == "current" else builder.place.named("current")
    if start == end:
        raise Refused(f"the playbooks are those of the release in use, {brief(end)}; `rollback yourself` goes back further.")
    return {"signature": "was in use before", "refused": objection.rejection(builder, end), **_told(builder, link, start, end)}


def _release_before(builder: Builder, start: str) -> str:
    way = builder.history().before()
    there = [commit for commit in way if builder.place.is_release(commit)]
    if not there:
        raise Refused(
            f"there is no release before {brief(start)} to go back to"
            + (f": {', '.join(map(brief, way))} are gone" if way else ": it is the first one here")
        )
    return there[0]


def link_of(order: dict) -> str:
    link = order.get("link")
    if link not in LINKS:
        raise Refused(f"there is no link {link!r}; there are {' and '.join(LINKS)}")
    return link


def _told(builder: Builder, link: str, start: str, end: str) -> dict:
    """Both ways: a commit that is left out is as worth knowing as one that comes."""
    mirror = builder.mirror
    both = mirror.knows(start) and mirror.knows(end)
    new, more = mirror.between(start, end, _MOST_COMMITS) if both else ([], 0)
    gone, more_gone = mirror.between(end, start, _MOST_COMMITS) if both else ([], 0)
    return {
        "link": link,
        "from": start,
        "to": end,
        "new": _listed(new),
        "more_new": more,
        "gone": _listed(gone),
        "more_gone": more_gone,
        "catalog": _catalog(builder, start, end) if both else {},
    }


def _listed(commits: list[Logged]) -> list[dict]:
    return [asdict(commit) for commit in commits]


def _catalog(builder: Builder, start: str, end: str) -> dict[str, dict[str, str | None]]:
    """Old and new text of each file of the catalog that differs; what it means is for whoever reads YAML."""
    mirror = builder.mirror
    changed = [path for path in mirror.changed(start, end, _CATALOG, _WORDS) if path == _WORDS or _is_of_catalog(path)]
    return {path: {"old": mirror.text(start, path), "new": mirror.text(end, path)} for path in changed}


def _is_of_catalog(path: str) -> bool:
    """Folders below hold other catalogs."""
    return path.endswith((".yml", ".yaml")) and "/" not in path.removeprefix(_CATALOG)
