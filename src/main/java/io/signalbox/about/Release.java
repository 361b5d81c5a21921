package io.signalbox.about;

import java.time.Instant;

/**
 * Which bot this is.
 *
 * @param version of the build
 * @param commit of the project folder, shortened; empty where it is no git repository
 * @param started when this process began
 */
public record Release(String version, String commit, Instant started) {
    @Override
    public String toString() {
        return "signalbox " + version + (commit.isEmpty() ? "" : " (" + commit + ")");
    }
}
