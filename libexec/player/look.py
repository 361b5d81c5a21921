"""Looks at one thing from inside the demo and prints what is there as JSON.

    look.py http URL       {"status": 200, "text": "…"}, or {"problem": "…"}
    look.py file PATH      {"exists": true, "text": "…"}
"""

from __future__ import annotations

import json
import sys
import urllib.error
import urllib.request

LIMIT = 1024 * 1024
# No proxy of the caller's: what is looked at lies on this machine.
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def http(url: str) -> dict:
    try:
        with OPENER.open(url, timeout=5) as answer:
            return {"status": answer.status, "text": answer.read(LIMIT).decode("utf-8", "replace")}
    except urllib.error.HTTPError as error:
        return {"status": error.code, "text": error.read(LIMIT).decode("utf-8", "replace")}
    except (OSError, ValueError) as error:
        return {"problem": str(getattr(error, "reason", error))}


def file(path: str) -> dict:
    try:
        with open(path, "rb") as content:
            return {"exists": True, "text": content.read(LIMIT).decode("utf-8", "replace")}
    except (FileNotFoundError, NotADirectoryError):
        return {"exists": False, "text": ""}
    except OSError as error:
        return {"exists": True, "text": "", "problem": error.strerror}


if __name__ == "__main__":
    kind, subject = sys.argv[1:]
    print(json.dumps({"http": http, "file": file}[kind](subject)))
