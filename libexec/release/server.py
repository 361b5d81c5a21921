"""Carries out the one order of a connection."""

from __future__ import annotations

import os
import socket
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from release.builder import Builder
from release.looking import before, look
from release.making import build, checkout
from release.refused import Refused
from release.switching import prune, switch
from release.talk import Talk

# Each with the fields that it takes: what is said beside them is a mistake, not something to overlook.
_ORDERS: dict[str, tuple[Callable[[Builder, dict], dict], set[str]]] = {
    "look": (look, {"ref", "link", "again"}),
    "before": (before, {"link"}),
    "build": (build, {"commit", "from", "again"}),
    "checkout": (checkout, {"commit", "from", "again"}),
    "switch": (switch, {"link", "from", "to"}),
    "prune": (prune, {"keep"}),
}


def serve(home: Path, file: Path) -> int:
    """The connection is stdin. What a child prints by mistake goes where we complain, never into the answer."""
    with socket.socket(fileno=os.dup(0)) as connection:
        os.umask(0o022)
        talk = Talk(connection)
        try:
            talk.end({"done": _carry_out(home, file, talk)})
        except Refused as refused:
            talk.end({"refused": str(refused)})
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            talk.end({"refused": f"the builder could not do it: {where}{error.strerror or error}. What is in use has not changed."})
        except Exception as bug:
            traceback.print_exc(file=sys.stderr)
            talk.end({"refused": f"the builder stumbled ({bug!r}); its journal has more. What is in use has not changed."})
            return 1
    return 0


def _carry_out(home: Path, file: Path, talk: Talk) -> dict:
    order = talk.order()
    name = order.pop("order")
    if name not in _ORDERS:
        raise Refused(f"there is no order {name!r}; there are {', '.join(_ORDERS)}")
    carry_out, fields = _ORDERS[name]
    unknown = sorted(set(order) - fields)
    if unknown:
        raise Refused(f"the order {name} takes no {', '.join(unknown)}")
    return carry_out(Builder.of(home, file, talk), order)
