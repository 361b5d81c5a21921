package io.signalbox.run;

import java.nio.file.Path;

/** Reads the events in a file as a run's follower does, in whatever memory this process was given. */
final class ReadInLittleMemory {
    private ReadInLittleMemory() {}

    public static void main(String[] args) throws Exception {
        Path file = Path.of(args[0]);
        Tally tally = new Tally();
        LineReader lines = new LineReader(file);
        boolean more = true;
        while (more) {
            more = lines.read(tally::add);
        }
        System.out.println(tally.changes() + " " + LastLines.text(file).length());
    }
}
