package io.signalbox.notation;

/** Where something is written. {@code line} counts from 1. */
public record Place(String file, int line) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
        int files = file.compareTo(other.file);
        return files != 0 ? files : Integer.compare(line, other.line);
    }

    @Override
    public String toString() {
        return file + ":" + line;
    }
}
