"""What this process is: told in every answer, so that one sees who served it."""

import os
import socket
from pathlib import Path

VERSION_FILE = Path(__file__).resolve().parent.parent / "VERSION"


def version() -> str:
    return VERSION_FILE.read_text().strip() if VERSION_FILE.exists() else "unbuilt"


def about() -> dict[str, str]:
    return {
        "version": version(),
        "instance": socket.gethostname(),
        "environment": os.environ.get("ENVIRONMENT", "none"),
    }
