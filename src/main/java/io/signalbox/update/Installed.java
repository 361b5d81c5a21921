package io.signalbox.update;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One of several releases on a server, and the link that says which of them is in use.
 *
 * @param folder the release that this process was started from; its name is the whole hash of a commit
 */
public record Installed(Path current, Path folder) {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    /** {@code code}: what this process was loaded from. Blocks; fails where that lies in no release, or cannot be looked at. */
    public static Installed of(Path current, Path code) throws IOException {
        Path real = code.toRealPath();
        return new Installed(
                current,
                release(real)
                        .orElseThrow(() -> new IOException("the setting 'release.current' is for a bot that was started"
                                + " from a release, a folder named by its commit; this one was started from " + real
                                + ": start it by " + current + ", or take the setting away")));
    }

    private static Optional<Path> release(@Nullable Path path) {
        if (path == null || path.getFileName() == null) {
            return Optional.empty();
        }
        return COMMIT.matcher(path.getFileName().toString()).matches() ? Optional.of(path) : release(path.getParent());
    }

    public String commit() {
        return folder.getFileName().toString();
    }

    /** Whether the link still names this release. Blocks; fails where it names nothing. */
    boolean isInUse() throws IOException {
        return current.toRealPath().equals(folder);
    }
}
