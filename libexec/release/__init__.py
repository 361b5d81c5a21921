"""The parts of signalbox-release. The standard library only: it works where nothing was set up yet."""
