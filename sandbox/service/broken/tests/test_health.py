import tempfile
import unittest
from pathlib import Path
from unittest import mock

from backend import health


class HealthTest(unittest.TestCase):
    def test_is_well_with_a_stock_list(self) -> None:
        with tempfile.NamedTemporaryFile() as stock, mock.patch.object(health, "STOCK", Path(stock.name)):
            self.assertEqual(200, health.health()[0])
