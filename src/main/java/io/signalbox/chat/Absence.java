package io.signalbox.chat;

import io.signalbox.brain.CommitResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What was said while the bot or its chat was away is not run late: by now somebody may have done it by hand, or wants
 * something else. It is recorded as refused, and gathered into one message for the room.
 */
final class Absence {
    static final String CODE = "old";

    private final Heard heard;
    private final InstantSource clock;
    private final Duration oldest;

    Absence(Heard heard, InstantSource clock, Duration oldest) {
        this.heard = heard;
        this.clock = clock;
        this.oldest = oldest;
    }

    /** Never what comes from the future: clocks differ. */
    boolean isOld(Said said) {
        return said.at() != null && said.at().plus(oldest).isBefore(clock.instant());
    }

    Future<CommitResult> take(Said said, String words) {
        Missed missed = Missed.of(said, words, at(said), clock.instant());
        return heard.refuse(
                said, words, CODE, why(said), List.of("Say it again if it still counts."), missed.in(said.room()));
    }

    String why(Said said) {
        Instant at = at(said);
        return "This was said at " + at.truncatedTo(ChronoUnit.SECONDS) + " and reached me "
                + SpokenTime.brief(Duration.between(at, clock.instant()))
                + " later; what is older than " + SpokenTime.rough(oldest) + " is not run.";
    }

    private Instant at(Said said) {
        return said.at() == null ? clock.instant() : said.at();
    }
}
