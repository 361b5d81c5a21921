import unittest

from backend.health import health


class HealthTest(unittest.TestCase):
    def test_tells_how_long_it_has_been_up(self) -> None:
        self.assertGreaterEqual(health()[1]["uptime"], 0)
