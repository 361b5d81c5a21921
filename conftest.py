"""What all tests of the Python side share."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Conversations last: when anything smaller is broken, that is the better message."""
    items.sort(key=lambda item: "tests/conversations" in item.path.as_posix())
