"""Inside the sandbox: says each command in chat, then runs the very same line by hand. Prints the pairs as JSON.

    paired.py STATE_FOLDER ROUNDS
"""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

PLAYBOOKS = ("trivial", "ten")
LIMIT = 300.0


class Chat:
    def __init__(self, path: Path) -> None:
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(LIMIT)
        self.socket.connect(str(path))
        self.lines = self.socket.makefile("r", encoding="utf-8")

    def say(self, id: str, text: str) -> None:
        line = json.dumps({"say": {"id": id, "person": "anna", "room": "bench", "text": text}})
        self.socket.sendall(line.encode() + b"\n")

    def result(self) -> str:
        """The id of the command whose good end is told next."""
        for line in self.lines:
            told = json.loads(line)
            post = told.get("post") or told.get("edit")
            if not post or not post["final"]:
                continue
            done = re.search(r"\((\w{6})\) done", post["text"])
            if done:
                return done[1]
            if "is over after" not in post["text"]:
                sys.exit(f"the bot said:\n{post['text']}")
        sys.exit("the bot went away")


def by_bot(chat: Chat, id: str, words: str) -> tuple[float, str]:
    begun = time.monotonic()
    chat.say(id, f"signalbox {words}")
    command = chat.result()
    return time.monotonic() - begun, command


def by_hand(folder: Path) -> float:
    """The line of the run in this folder, without what only the bot wants to know of it."""
    plan = json.loads((folder / "plan.json").read_text())
    environment = {name: value for name, value in plan["environment"].items() if name != "SIGNALBOX_EVENTS"}
    begun = time.monotonic()
    with (folder / "by-hand.log").open("w") as log:
        subprocess.run(plan["argv"], cwd=plan["cwd"], env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                       check=True, timeout=LIMIT)
    return time.monotonic() - begun


def main() -> None:
    state, rounds = Path(sys.argv[1]), int(sys.argv[2])
    chat = Chat(state / "play.sock")
    pairs = []
    for playbook in PLAYBOOKS:
        # The first round makes connections and caches for both, and the line that is run by hand from then on.
        _, command = by_bot(chat, f"{playbook}-{time.time_ns()}", f"bench {playbook} bench")
        by_hand(state / "runs" / command)
        for number in range(1, rounds + 1):
            hand_first = by_hand(state / "runs" / command) if number % 2 else None
            bot, command = by_bot(chat, f"{playbook}-{number}-{time.time_ns()}", f"bench {playbook} bench")
            hand = hand_first or by_hand(state / "runs" / command)
            pairs.append({"playbook": playbook, "round": number, "bot": bot, "hand": hand})
            print(f"{playbook} {number}: bot {bot:.2f} s, by hand {hand:.2f} s", file=sys.stderr, flush=True)
    print(json.dumps(pairs))


if __name__ == "__main__":
    main()
