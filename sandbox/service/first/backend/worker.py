"""The background worker: one round of work every few seconds, ending between two rounds on SIGTERM."""

import signal
import threading

from backend.about import about

ROUND_SECONDS = 5.0


def work(rounds: int) -> str:
    return f"round {rounds} by {about()['version']}"


def main() -> None:
    ending = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.set())
    rounds = 0
    while not ending.is_set():
        rounds += 1
        print(work(rounds), flush=True)
        ending.wait(ROUND_SECONDS)
