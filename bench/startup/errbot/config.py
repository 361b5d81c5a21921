"""Errbot as its documentation sets it up, for a chat by standard input and output."""

import logging
import os
from pathlib import Path

HERE = Path(__file__).resolve().parent
BACKEND = "Text"
BOT_DATA_DIR = os.environ["BENCH_DATA"]
BOT_EXTRA_PLUGIN_DIR = str(HERE / "plugins")
BOT_LOG_FILE = None
BOT_LOG_LEVEL = logging.WARNING
BOT_ADMINS = ("@anna",)
BOT_IDENTITY = {"username": "@errbot"}
TEXT_COLOR_THEME = "plain"
