"""The answer to `/health`: status code and what is told."""

import time

from backend.about import version

STARTED = time.monotonic()


def health() -> tuple[int, dict[str, object]]:
    return 200, {"status": "ok", "version": version(), "uptime": round(time.monotonic() - STARTED)}
