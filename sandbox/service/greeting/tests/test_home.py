import unittest

from backend.home import home


class HomeTest(unittest.TestCase):
    def test_greets_by_name(self) -> None:
        self.assertEqual("Hello, Olga!", home({"name": "Olga"})["greeting"])

    def test_greets_the_world_otherwise(self) -> None:
        self.assertEqual("Hello, world!", home({})["greeting"])
