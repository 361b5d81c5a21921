"""The AWS API: moto, embedded, so that the sandbox sees each change at once and can correct what it tells."""

from __future__ import annotations

import json
import logging
import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from sandbox import status
from sandbox.environments import IMAGE, REGION

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def prepare(scratch: Path) -> None:
    """Before moto's first import: one image in place of a thousand saves memory and time."""
    images = scratch / "images.json"
    images.write_text(json.dumps([{
        "ami_id": IMAGE["id"], "name": IMAGE["name"], "description": "Debian 12", "owner_id": IMAGE["owner"],
        "public": True, "virtualization_type": "hvm", "architecture": "x86_64", "state": "available",
        "platform": None, "image_type": "machine", "hypervisor": "xen", "root_device_name": "/dev/xvda",
        "root_device_type": "ebs", "sriov": "simple", "creation_date": "2025-10-01T00:00:00.000Z",
    }]))
    os.environ["MOTO_AMIS_PATH"] = str(images)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)


class Emulator:
    """`changed` is called after each request; `gather` tells what the API itself cannot tell."""

    def __init__(self, port: int, changed: Callable[[], None], gather: Callable[[], dict[str, Any]]) -> None:
        from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
        from werkzeug.serving import make_server

        self._aws: Wsgi = DomainDispatcherApplication(create_backend_app)
        self._changed = changed
        self._gather = gather
        self._server = make_server("127.0.0.1", port, self._answer, threaded=True, request_handler=MotoRequestHandler)
        self._thread = threading.Thread(target=self._server.serve_forever, name="aws", daemon=True)

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _answer(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] == status.PATH:
            body = json.dumps(self._gather()).encode()
            start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
            return [body]
        answer = self._aws(environ, start_response)
        self._changed()
        return answer


class Account:
    """What the AWS account holds now, read from the emulator's memory: no request, no parsing."""

    def __init__(self) -> None:
        from moto.backends import get_backend
        from moto.core.models import DEFAULT_ACCOUNT_ID

        self._ec2 = get_backend("ec2")[DEFAULT_ACCOUNT_ID][REGION]
        self._balancing = get_backend("elbv2")[DEFAULT_ACCOUNT_ID][REGION]

    def instances(self) -> list[Any]:
        return [each for reservation in list(self._ec2.reservations.values()) for each in list(reservation.instances)]

    def public_key(self, name: str | None) -> str:
        pair = self._ec2.key_pairs.get(name or "")
        return pair.public_key.strip() if pair else ""

    def target_groups(self) -> list[Any]:
        return list(self._balancing.target_groups.values())

    def targets(self) -> dict[str, dict[str, str]]:
        """Target group to instance to what DescribeTargetHealth says of it."""
        return {group.name: {each.instance_id: each.status
                             for each in self._balancing.describe_target_health(group.arn, [])}
                for group in self.target_groups()}

    def load_balancers(self) -> list[Any]:
        return list(self._balancing.load_balancers.values())
