import unittest

from backend import answers


class HealthTest(unittest.TestCase):
    def test_tells_how_long_it_has_been_up(self) -> None:
        self.assertGreaterEqual(answers.health({})[1]["uptime"], 0)
