"""One campaign from beginning to end: brings everything up, lets people talk while it is broken, and keeps what the auditor reads."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass

from chaos import estate as estates
from chaos.breaking import Breaker
from chaos.collect import await_rest, collect
from chaos.company import APPROVAL_SECONDS, PEOPLE
from chaos.crowd import Crowd
from chaos.estate import Build, Estate
from chaos.faults import schedule
from chaos.homegoing import go_home
from chaos.line import Line, Transcript
from chaos.parts import ServiceManager
from chaos.place import Place
from chaos.probe import Prober

SAYINGS_A_SECOND = 5.0
READY_WITHIN = 90.0
REST_WITHIN = 60.0 + APPROVAL_SECONDS
LOOK = 0.5


@dataclass(frozen=True)
class Plan:
    minutes: float
    seed: int
    a_second: float = SAYINGS_A_SECOND
    faults: bool = True


def run(place: Place, build: Build, plan: Plan, say) -> None:  # noqa: ANN001
    """Leaves the evidence in the place's folder, and nothing running."""
    estate = estates.make(place, build, plan.minutes)
    manager = ServiceManager(estate.parts)
    transcript = Transcript(place.transcript)
    try:
        _bring_up(estate, manager)
        say("up: Kafka, Redis and the bot; people begin to talk")
        _talk(estate, manager, transcript, plan, say)
        say("at rest: collecting what the auditor reads")
        manager.over()
        estate.bot.end()
        collect(estate)
        (place.evidence / "ended.json").write_text(json.dumps(manager.ended) + "\n")
    finally:
        manager.over()
        for part in (estate.bot, estate.kafka, estate.redis):
            part.end()
        for disk in estate.disks.values():
            disk.unmount()
        transcript.close()


def _bring_up(estate: Estate, manager: ServiceManager) -> None:
    for part in (estate.kafka, estate.redis):
        part.start()
    for part in (estate.redis, estate.kafka):
        manager.await_ready(part, READY_WITHIN)
    estate.bot.start()
    manager.await_ready(estate.bot, READY_WITHIN)
    manager.begin()


def _talk(estate: Estate, manager: ServiceManager, transcript: Transcript, plan: Plan, say) -> None:  # noqa: ANN001
    crowd = Crowd(plan.seed, lambda hear: Line(estate.place.socket, list(PEOPLE), transcript, hear), plan.a_second)
    prober = Prober(estate.place, transcript)
    breaker = Breaker(estate, manager, prober, schedule(plan.seed) if plan.faults else iter(()), plan.seed)
    crowd.begin()
    breaker.start()
    end = time.monotonic() + plan.minutes * 60
    while time.monotonic() < end and breaker.problem is None:
        crowd.live(LOOK)
    breaker.over()
    while breaker.is_alive():
        crowd.live(LOOK)
    if breaker.problem is not None:
        raise breaker.problem
    crowd.end()
    go_home(estate.brain(), crowd)
    say("the faults are over: waiting until nothing is left to happen")
    left = await_rest(estate.brain(), lambda: crowd.live(LOOK), REST_WITHIN)
    while crowd.line.untaken and not left and time.monotonic() < end + 4 * REST_WITHIN:
        crowd.live(LOOK)
        left = await_rest(estate.brain(), lambda: crowd.live(LOOK), REST_WITHIN)
    (estate.place.evidence / "rest.json").write_text(json.dumps({"left": left, "untaken": len(crowd.line.untaken)}) + "\n")
    crowd.line.close()
