package io.signalbox.about;

import io.signalbox.language.Due;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * Which bot this is.
 *
 * @param version of the build
 * @param commit of the release, or else of the project folder, shortened; empty where that is no git repository
 * @param started when this process began
 */
public record Release(String version, String commit, Instant started) {
    /** With when it began, in that zone. */
    String since(ZoneId zone) {
        return this + ", up since " + Due.shown(started.truncatedTo(ChronoUnit.SECONDS), zone);
    }

    @Override
    public String toString() {
        return "signalbox " + version + (commit.isEmpty() ? "" : " (" + commit + ")");
    }
}
