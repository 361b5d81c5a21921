package io.signalbox.runner;

import java.nio.file.Path;
import java.util.List;

/**
 * The playbooks and the catalog as they were at one moment, for ever.
 *
 * @param hash of names, modes and contents, in hex
 * @param uncommitted the files in it that were then in the project folder otherwise than in its last commit
 */
public record CodeCopy(String hash, Path folder, List<String> uncommitted) {
    public CodeCopy {
        uncommitted = List.copyOf(uncommitted);
    }

    public boolean dirty() {
        return !uncommitted.isEmpty();
    }
}
