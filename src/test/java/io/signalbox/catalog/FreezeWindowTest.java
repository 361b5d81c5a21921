package io.signalbox.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.notation.Mistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreezeWindowTest {
    private static final String WEEKEND =
            "{environment: production, from: \"Fri 16:00\", to: \"Mon 07:00\", zone: Europe/Berlin, because: weekend}";

    @TempDir
    Path code;

    @Test
    void itStandsFromItsBeginToItsEndAndNotAtTheEnd() throws IOException, BadCatalog {
        FreezeWindow weekend = load(WEEKEND).get(0);
        assertThat(weekend.end(Instant.parse("2026-11-20T14:59:59Z"))).isEmpty();
        assertThat(weekend.end(Instant.parse("2026-11-20T15:00:00Z"))).contains(Instant.parse("2026-11-23T06:00:00Z"));
        assertThat(weekend.end(Instant.parse("2026-11-23T05:59:59Z"))).contains(Instant.parse("2026-11-23T06:00:00Z"));
        assertThat(weekend.end(Instant.parse("2026-11-23T06:00:00Z"))).isEmpty();
        assertThat(weekend.begin(Instant.parse("2026-11-23T06:00:00Z"))).isEqualTo("2026-11-27T15:00:00Z");
    }

    /** Clocks are put back on Sunday, 25 October 2026: Friday is UTC+2, Monday UTC+1. */
    @Test
    void itFollowsTheClocksOfItsZone() throws IOException, BadCatalog {
        assertThat(load(WEEKEND).get(0).end(Instant.parse("2026-10-23T14:00:00Z")))
                .contains(Instant.parse("2026-10-26T06:00:00Z"));
    }

    @Test
    void itConcernsItsEnvironmentOrEverything() throws IOException, BadCatalog {
        FreezeWindow weekend = load(WEEKEND).get(0);
        assertThat(weekend.concerns(Optional.of("production"))).isTrue();
        assertThat(weekend.concerns(Optional.of("staging"))).isFalse();
        assertThat(weekend.concerns(Optional.empty())).isFalse();
        assertThat(load(WEEKEND.replace("production", "everything")).get(0).concerns(Optional.empty()))
                .isTrue();
    }

    @Test
    void everyMistakeIsToldWithItsLine() {
        List<String> mistakes = catchThrowableOfType(
                        BadCatalog.class,
                        () -> load(
                                "{environment: prodution, from: \"Fry 16:00\", to: \"Mon 27:00\", zone: Europe/Berlim}"))
                .mistakes()
                .stream()
                .map(Mistake::toString)
                .toList();
        assertThat(mistakes)
                .containsExactlyInAnyOrder(
                        "commands.yml:4: there is no environment 'prodution'; there are everything, production, staging;"
                                + " did you mean 'production'?",
                        "commands.yml:4: 'Fry 16:00' is no moment of the week: a day and a time, as in Fri 16:00",
                        "commands.yml:4: 'Mon 27:00' is no time of a day: 00:00 to 23:59",
                        "commands.yml:4: there is no time zone 'Europe/Berlim', as in Europe/Berlin or UTC;"
                                + " did you mean 'Europe/Berlin'?",
                        "commands.yml:4: 'because:' is missing, as in because: weekend");
    }

    private List<FreezeWindow> load(String window) throws IOException, BadCatalog {
        Path file = Files.writeString(
                code.resolve("commands.yml"),
                "arguments:\n  environment: {one of: [staging, production]}\nfreezes:\n  - " + window + "\n");
        return new CatalogLoader(code, List.of(file)).load().freezes();
    }
}
