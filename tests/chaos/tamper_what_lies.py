"""Breaks promises in the topic and the brain themselves, as somebody would who can write there."""

from __future__ import annotations

from tampering import breaks


@breaks(2, "announced before it ran")
def sent_afterwards(lines: list[str], brain: dict) -> None:
    for number, line in enumerate(lines):
        offset, sent, key, value = line.split("\t")
        if key == "work22":
            lines[number] = f"{offset}\t{int(sent) + 60_000}\t{key}\t{value}"


@breaks(5, "each follows the one before")
def edit(lines: list[str], brain: dict) -> None:
    lines[4] = lines[4].replace("anna", "carl")


@breaks(3, "numbers without a hole")
def remove(lines: list[str], brain: dict) -> None:
    del lines[5]


@breaks(5, "the brain's head is the last record")
def cut(lines: list[str], brain: dict) -> None:
    del lines[-1]


@breaks(5, "each follows the one before")
def swap(lines: list[str], brain: dict) -> None:
    lines[5], lines[6] = lines[6], lines[5]


@breaks(5, "each is a record")
def foreign(lines: list[str], brain: dict) -> None:
    lines[5] = "11\t1\tx\tnot ours"


@breaks(5, "each is a record")
def rekey(lines: list[str], brain: dict) -> None:
    offset, sent, _, value = lines[5].split("\t")
    lines[5] = f"{offset}\t{sent}\tother\t{value}"


@breaks(5, "the outbox is empty")
def outbox(lines: list[str], brain: dict) -> None:
    brain["sb:outbox"] = {"type": "stream", "value": [["99-0", ["event", "{}"]]]}


@breaks(5, "all that happened is acknowledged")
def acknowledged_too_little(lines: list[str], brain: dict) -> None:
    brain["sb:audit:acked"]["value"] = "3"


@breaks(4, "the brain's locks are those of the log")
def lock_forgotten(lines: list[str], brain: dict) -> None:
    del brain["sb:lock:site/north"]
    brain["sb:locks"]["value"] = []


@breaks(4, "what is locked at rest was lost")
def lock_kept(lines: list[str], brain: dict) -> None:
    brain["sb:lock:site/south"] = {"type": "hash", "value": {"command": "buil66"}}
    brain["sb:locks"]["value"].append("site/south")


@breaks(4, "the brain's roles are those of the log")
def role_lost(lines: list[str], brain: dict) -> None:
    del brain["sb:gate:role:deployer"]["value"]["play:emil"]


@breaks(4, "the brain's story is the log's")
def story_changed(lines: list[str], brain: dict) -> None:
    brain["sb:story:work22"]["value"].pop()


@breaks(4, "the brain's state is the log's")
def state_changed(lines: list[str], brain: dict) -> None:
    brain["sb:command:work22"]["value"]["state"] = "Started"


@breaks(4, "all comes to its end")
def left_in_a_state(lines: list[str], brain: dict) -> None:
    brain["sb:in:Dispatched"] = {"type": "set", "value": ["work22"]}
