"""The parts of signalbox-run. Few imports: every run waits for them."""
