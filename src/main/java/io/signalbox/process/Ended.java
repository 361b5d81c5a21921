package io.signalbox.process;

/**
 * How a program ended.
 *
 * @param code its exit status; 128 + n where signal n ended it, 127 where there is no such program
 * @param output the first bytes of its standard output, up to the limit
 * @param errors the last bytes of its standard error, up to the limit
 * @param timedOut whether it was killed because its time was over
 */
public record Ended(int code, String output, String errors, boolean timedOut) {
    public boolean succeeded() {
        return code == 0 && !timedOut;
    }
}
