"""What the tests of whole sandboxes share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox.tests.company import Code


@pytest.fixture(scope="module")
def code() -> Iterator[Code]:
    with Code.copied() as copied:
        yield copied
