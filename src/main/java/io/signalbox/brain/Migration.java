package io.signalbox.brain;

/**
 * One step of the brain's layout. It only adds, so that the release before can go on reading and writing, and may be run
 * again where it was cut off.
 *
 * @param version what the layout is after it; the first that has one is 2
 * @param reader the oldest version that a release must know to change the brain after this
 * @param lua the body of a function without arguments
 */
record Migration(int version, int reader, String lua) {
    Migration {
        if (reader >= version) {
            throw new IllegalArgumentException("migration " + version + " shuts out the release before it");
        }
    }
}
