package io.signalbox.about;

import java.util.List;

/** Finds out what words would do, without doing it. */
public interface Explainer {
    /** What is known of the words: lines to read, with the line to paste where a process would be started. */
    List<String> explain(String words);
}
