"""The breaks: each changes a line or two of the brain's scripts, and names the check that has to catch it."""

from __future__ import annotations

from dataclasses import dataclass

COMMIT = "brain/commit.lua"
# With this one Kafka is silent early and for long.
KAFKA_SILENT = 19


@dataclass(frozen=True)
class Change:
    """One line of a script below io/signalbox."""

    script: str
    line: str
    instead: str

    def apply(self, text: str) -> str:
        """Fails where the script has changed so that this is no break any more."""
        if text.count(self.line) != 1:
            raise ValueError(f"{self.script} holds {text.count(self.line)} times what is to be broken: {self.line!r}")
        return text.replace(self.line, self.instead)


@dataclass(frozen=True)
class Break:
    name: str
    what: str
    changes: tuple[Change, ...]
    caught_by: tuple[int, str]
    minutes: float = 0.6
    seed: int | None = None  # None: nothing breaks but the bot's promise


BREAKS = (
    Break(
        "lock-never-declines",
        "a lock is given to whoever asks, held or not",
        (
            Change(
                "gate/lock.lua",
                "if holder and holder ~= a.command then return refuse('lock', holder) end",
                "",
            ),
        ),
        (4, "a lock has one holder"),
    ),
    Break(
        "late-yes-counts",
        "a request stands, and a yes counts, after the deadline",
        (
            Change(
                "gate/approval-give.lua",
                "if not deadline or now > tonumber(deadline) then return refuse('late') end",
                "",
            ),
            Change(
                "gate/approval-over.lua",
                "if last and now <= tonumber(last) then return refuse('early', last) end",
                "if last and now <= tonumber(last) + 15000 then return refuse('early', last) end",
            ),
        ),
        (1, "agreed to in time"),
        minutes=1.5,
    ),
    Break(
        "any-plan-will-do",
        "a yes counts whichever plan it names",
        (
            Change(
                "gate/approval-give.lua",
                "if string.sub(digest, 1, #a.digest) ~= a.digest then return refuse('digest', digest) end",
                "",
            ),
        ),
        (1, "the plan that was agreed to"),
        minutes=2.0,
    ),
    Break(
        "messages-forgotten",
        "a message that is delivered again is a new command",
        (
            Change(
                COMMIT,
                "local refusal = uses[#uses].part.check(part.arguments)",
                "local refusal = part.fragment ~= 'chat.heard' and uses[#uses].part.check(part.arguments)",
            ),
        ),
        (3, "one command a message"),
    ),
    Break(
        "acknowledged-at-once",
        "what is committed counts as recorded before Kafka has it",
        (
            Change(
                COMMIT,
                "    numbers[#numbers + 1] = number\n",
                "    numbers[#numbers + 1] = number\n    redis.call('SET', 'sb:audit:acked', number)\n",
            ),
        ),
        (2, "announced before it ran"),
        seed=KAFKA_SILENT,
    ),
    Break(
        "records-dropped",
        "one record in fifty never reaches the outbox",
        (
            Change(
                COMMIT,
                "redis.call('XADD', 'sb:outbox', number .. '-0', 'event', event.json)",
                "if number % 50 ~= 0 then redis.call('XADD', 'sb:outbox', number .. '-0', 'event', event.json) end",
            ),
        ),
        # The relay sees the hole and writes nothing more.
        (5, "all that happened is acknowledged"),
    ),
    Break(
        "revoked-and-kept",
        "who is told that a role is taken away keeps it",
        (
            Change(
                "gate/revoke.lua",
                "        redis.call('HDEL', 'sb:gate:role:' .. a.role, a.person)\n",
                "",
            ),
        ),
        (4, "the brain's roles are those of the log"),
        minutes=1.2,
    ),
    Break(
        "locks-kept",
        "a run that is over keeps its lock",
        (
            Change(
                "brain/lock-release.lua",
                "if redis.call('HGET', key, 'command') == a.command then",
                "if false then",
            ),
        ),
        # People free what hinders them, so that at rest there may be none.
        (4, "only what is over is unlocked"),
    ),
)


def named(name: str) -> Break:
    return next(each for each in BREAKS if each.name == name)
