import unittest

from backend import answers


class AnswersTest(unittest.TestCase):
    def test_greets_by_name(self) -> None:
        self.assertEqual("Hello, Olga!", answers.home({"name": "Olga"})[1]["greeting"])

    def test_greets_the_world_otherwise(self) -> None:
        self.assertEqual("Hello, world!", answers.home({})[1]["greeting"])
