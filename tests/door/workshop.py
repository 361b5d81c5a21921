"""A copy of the door with small packages of its own, served on loopback, so that setting up takes a second."""

from __future__ import annotations

import hashlib
import http.server
import json
import os
import shutil
import subprocess
import threading
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
COLLECTIONS = ("amazon/aws", "community/aws", "ansible/posix")


def wheel(folder: Path, name: str, files: dict[str, str]) -> Path:
    path = folder / f"{name}-1.0-py3-none-any.whl"
    info = f"{name}-1.0.dist-info"
    content = files | {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{member},,\n" for member in (*content, f"{info}/RECORD"))
    with zipfile.ZipFile(path, "w") as archive:
        for member, text in {**content, f"{info}/RECORD": record}.items():
            archive.writestr(member, text)
    return path


class Shelf(http.server.ThreadingHTTPServer):
    """Serves the wheels; while it is held, a request waits and nothing is answered."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.released = threading.Event()
        self.released.set()
        self.asked = threading.Event()
        self.downloads: list[str] = []
        super().__init__(("127.0.0.1", 0), Request)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"

    def hold(self) -> None:
        self.asked.clear()
        self.released.clear()


class Request(http.server.BaseHTTPRequestHandler):
    server: Shelf

    def do_GET(self) -> None:
        self.server.asked.set()
        self.server.released.wait(60)
        name = self.path.strip("/")
        if name:
            self.server.downloads.append(name)
            body = (self.server.folder / name).read_bytes()
        else:
            links = (f'<a href="{path.name}">{path.name}</a>' for path in self.server.folder.glob("*.whl"))
            body = "".join(links).encode()
        try:
            self.send_response(200)
            self.send_header("Content-Type", "text/html" if not name else "application/octet-stream")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            return  # who asked was killed, as some tests do

    def log_message(self, *_: object) -> None:
        """Tests read what they want from `downloads`."""


@dataclass
class Workshop:
    folder: Path
    shelf: Shelf
    environment: dict[str, str] = field(default_factory=dict)

    def door(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            ["./signalbox", *words],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def does(self, *words: str) -> tuple[int, str]:
        """Runs to its end; gives status and what was said."""
        process = self.door(*words)
        _, said = process.communicate(timeout=60)
        return process.returncode, said

    @property
    def private(self) -> Path:
        return self.folder / ".signalbox"


def workshop(folder: Path) -> Workshop:
    project, shelf = folder / "project", folder / "shelf"
    shelf.mkdir()
    shutil.copytree(PROJECT / "libexec", project / "libexec")
    shutil.copy(PROJECT / "signalbox", project)
    tool = wheel(shelf, "tool", {"tool.py": "WORKS = True\n"})
    manifests = {f"ansible_collections/{name}/MANIFEST.json": json.dumps({"name": name}) for name in COLLECTIONS}
    collections = wheel(shelf, "collections_wheel", {**manifests, "ansible_collections/other/one/MANIFEST.json": "{}"})
    lock(project / "requirements.txt", "tool", tool)
    lock(project / "requirements-collections.txt", "collections_wheel", collections)
    serving = Shelf(shelf)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": serving.address,
        "PIP_NO_CACHE_DIR": "1",
        "PIP_CONFIG_FILE": os.devnull,
    }
    return Workshop(project, serving, environment)


def lock(file: Path, name: str, path: Path) -> None:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    file.write_text(f"{name}==1.0 --hash=sha256:{digest}\n")
