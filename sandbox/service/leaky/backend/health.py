"""The answer to `/health`: status code and what is told."""

from backend.about import version
from backend.home import full


def health() -> tuple[int, dict[str, object]]:
    if full():
        return 503, {"status": "there is no room for more people", "version": version()}
    return 200, {"status": "ok", "version": version()}
