"""What all tests of the Python side share."""

import signal
from pathlib import Path

import pytest
from xdist.workermanage import NodeManager


def pytest_configure() -> None:
    """Who ends the tests ends what they have started as well, as with Ctrl-C."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # By this one a lane is interrupted, and a shell that goes on beside the tests has them ignore it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # It kills its lanes after so many seconds. A lane is interrupted after five, and has ten more to end what it started.
    NodeManager.EXIT_TIMEOUT = 30


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--conversation", type=Path, help="this one in place of those in conversations/")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """
    Conversations last: when anything smaller is broken, that is the better message. Where two lanes run, those of the
    sandbox are the whole of one, and so first.
    """
    two_lanes = hasattr(config, "workerinput")
    items.sort(key=lambda item: ("tests/conversations/test_conversations" in item.path.as_posix()) != two_lanes)
