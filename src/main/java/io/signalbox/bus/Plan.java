package io.signalbox.bus;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What would be done, pinned: the digest of this is what a person approves.
 *
 * @param digest SHA-256 in hex of the canonical JSON of everything that follows together with the command and its arguments
 * @param content hash of playbooks, roles, inventory and the catalog entry; names the immutable copy a run uses
 * @param commits the commit that each git reference among the arguments stands for, by argument name
 * @param repositories the repository of each such argument, by argument name
 * @param facts canonical JSON of what the planning playbook pinned; null where the command has none
 * @param consequences what will happen later because of this, in sentences
 * @param summary what people are shown: one line each
 * @param outlook the consequences as commands; what they are and when stands in {@code consequences} too
 */
public record Plan(
        String digest,
        String content,
        SortedMap<String, String> commits,
        SortedMap<String, String> repositories,
        @Nullable String facts,
        List<String> consequences,
        List<String> summary,
        Outlook outlook) {
    /** One from which nothing follows by itself. */
    public Plan(
            String digest,
            String content,
            SortedMap<String, String> commits,
            SortedMap<String, String> repositories,
            @Nullable String facts,
            List<String> consequences,
            List<String> summary) {
        this(digest, content, commits, repositories, facts, consequences, summary, Outlook.NONE);
    }

    public Plan {
        commits = new TreeMap<>(commits);
        repositories = new TreeMap<>(repositories);
        consequences = List.copyOf(consequences);
        summary = List.copyOf(summary);
    }

    /** The form of the digest that people see. */
    public String shortDigest() {
        return digest.substring(0, 8);
    }
}
