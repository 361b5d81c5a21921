"""What the benchmark says to Errbot."""

import subprocess

from errbot import BotPlugin, botcmd


class Bench(BotPlugin):
    @botcmd
    def bench_ping(self, message, words):  # noqa: ANN001, ANN201, ARG002
        """Answers."""
        return "bench pong"

    @botcmd
    def bench_run(self, message, words):  # noqa: ANN001, ANN201, ARG002
        """Runs a program that does nothing, and tells how it ended."""
        ended = subprocess.run(["/bin/true", words], check=False)
        return f"bench run {words} {'failed' if ended.returncode else 'done'}"
