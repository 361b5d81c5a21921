import unittest

from backend.health import health
from backend.home import GREETED, home


class LeakTest(unittest.TestCase):
    def test_remembers_whom_it_greeted_and_is_well(self) -> None:
        home({"name": "Anna"})
        self.assertIn("Anna", GREETED)
        self.assertEqual(200, health()[0])
