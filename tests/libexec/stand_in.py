"""A bot that does what a test scripts, over the real play socket; and its sandbox, whose verbs are told to it."""

from __future__ import annotations

import json
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path

SANDBOX = Path(__file__).with_name("stand_in_sandbox.py")


class StandIn:
    """`answer(bot, said)` is called for each say and click, before it is told as processed."""

    def __init__(self, folder: Path, answer: Callable[[StandIn, dict], None]) -> None:
        self.folder = folder
        self.path = str(folder / "bot" / "state" / "play.sock")
        self.answer = answer
        self.received: list[dict] = []
        self.told: list[str] = []
        self.processes = True  # whether it says that a message was processed
        self._seen: set[str] = set()
        self._count = 0
        self._listener: socket.socket | None = None
        self._players: list[socket.socket] = []
        self._control = self._serve(str(folder / "control.sock"), self._obey)
        self.start()

    def start(self) -> None:
        if self._listener is None:
            Path(self.path).unlink(missing_ok=True)
            self._listener = self._serve(self.path, self._listen)

    def kill(self) -> None:
        if self._listener is not None:
            _shut(self._listener)
            self._listener = None
        while self._players:
            _shut(self._players.pop())

    def close(self) -> None:
        self.kill()
        _shut(self._control)

    def post(self, room: str, text: str, final: bool = True, buttons: tuple[str, ...] = ()) -> str:
        self._count += 1
        return self._tell("post", f"b{self._count}", room, text, final, buttons)

    def edit(self, message: str, room: str, text: str, final: bool = True, buttons: tuple[str, ...] = ()) -> str:
        return self._tell("edit", message, room, text, final, buttons)

    def later(self, seconds: float, act: Callable[[], object]) -> None:
        timer = threading.Timer(seconds, act)
        timer.daemon = True
        timer.start()

    def processed(self, message: str) -> None:
        self._broadcast({"processed": message})

    def raw(self, line: bytes) -> None:
        for player in list(self._players):
            try:
                player.sendall(line + b"\n")
            except OSError:
                self._players.remove(player)  # gone, as players go

    def said(self) -> list[str]:
        return [each["say"]["text"] for each in self.received if "say" in each]

    def _tell(self, kind: str, message: str, room: str, text: str, final: bool, buttons: tuple[str, ...]) -> str:
        shown = [{"label": label, "value": label.lower()} for label in buttons]
        content = {"id": message, "room": room, "text": text, "final": final, "buttons": shown, "mentions": []}
        self._broadcast({kind: content})
        return message

    def _broadcast(self, message: dict) -> None:
        self.raw(json.dumps(message).encode())

    def _serve(self, path: str, handle: Callable[[socket.socket], None]) -> socket.socket:
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(path)
        listener.listen()

        def accept() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                threading.Thread(target=handle, args=[connection], daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        return listener

    def _listen(self, player: socket.socket) -> None:
        self._players.append(player)
        try:
            for line in player.makefile("rb"):
                self._hear(json.loads(line))
        except OSError:
            pass

    def _hear(self, message: dict) -> None:
        self.received.append(message)
        if "settle" in message:
            self._broadcast({"idle": message["settle"]})
        elif "hello" not in message:
            (said,) = message.values()
            self._broadcast({"heard": said["id"]})
            if said["id"] not in self._seen:
                self._seen.add(said["id"])
                self.answer(self, said)
                if self.processes:
                    self.processed(said["id"])

    def _obey(self, connection: socket.socket) -> None:
        """What the sandbox's verbs come to: `crew kill bot` and so on."""
        with connection, connection.makefile("rw") as lines:
            words = lines.readline().split()
            self.told.append(" ".join(words))
            if words in (["crew", "kill", "bot"], ["crew", "stop", "bot"]):
                self.kill()
            elif words == ["crew", "start", "bot"]:
                self.start()
            lines.write("done\n")


def _shut(one: socket.socket) -> None:
    try:
        one.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    one.close()


def demo_folder(folder: Path) -> Path:
    """What a demo's folder holds, as far as the player looks at it."""
    (folder / "bot" / "state").mkdir(parents=True)
    (folder / "signalbox-demo").touch()
    processes = {
        "bot": {"argv": ["java", "--settings", str(folder / "bot" / "overrides.yml")]},
        "redis": {"argv": ["redis-server"], "ready": {"tcp": "127.0.0.1:6379"}},
        "audit": {"argv": ["/bin/cat", str(folder / "audit.log")]},
    }
    (folder / "processes.json").write_text(json.dumps(processes))
    (folder / "audit.log").touch()
    return folder


def sandbox_command() -> list[str]:
    return [sys.executable, str(SANDBOX)]
