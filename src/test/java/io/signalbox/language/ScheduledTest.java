package io.signalbox.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.Instruction;
import io.signalbox.bus.Person;
import io.signalbox.catalog.BadCatalog;
import io.signalbox.catalog.CatalogLoader;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the catalog of this project; it is noon in UTC, one o'clock in Berlin. */
class ScheduledTest {
    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final Person ANNA = new Person("play:anna", "anna");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final Interpreter interpreter;

    ScheduledTest() throws BadCatalog {
        interpreter = new Interpreter(new CatalogLoader(PROJECT, List.of(PROJECT.resolve("commands"))).load());
    }

    private Interpretation said(String words, String zone) {
        return new Scheduled(interpreter, ZoneId.of(zone)).interpret(words, ANNA, NOON);
    }

    private Instruction understood(String words, String zone) {
        return ((Interpretation.Understood) said(words, zone)).instruction();
    }

    @ParameterizedTest
    @CsvSource({
        "swap backend staging in 2h,                          UTC,           2026-11-21T14:00:00Z",
        "swap backend staging in 90 minutes,                  UTC,           2026-11-21T13:30:00Z",
        "swap backend staging in 3d,                          UTC,           2026-11-24T12:00:00Z",
        "swap backend staging at 18:30,                       UTC,           2026-11-21T18:30:00Z",
        "swap backend staging At 18:30.,                      Europe/Berlin, 2026-11-21T17:30:00Z",
        "swap backend staging at 18.30,                       UTC,           2026-11-21T18:30:00Z",
        "swap backend staging at 7:00,                        UTC,           2026-11-22T07:00:00Z",
        "swap backend staging at 12:00,                       UTC,           2026-11-22T12:00:00Z",
        "swap backend staging at 12:30,                       Europe/Berlin, 2026-11-22T11:30:00Z",
        "swap backend staging today at 12:01,                 UTC,           2026-11-21T12:01:00Z",
        "swap backend staging tomorrow at 9:00,               UTC,           2026-11-22T09:00:00Z",
        "swap backend staging tomorrow 9:00,                  UTC,           2026-11-22T09:00:00Z",
        "swap backend staging at 2026-11-23 07:00,            UTC,           2026-11-23T07:00:00Z",
        "swap backend staging on 2026-11-23 at 07:00,         UTC,           2026-11-23T07:00:00Z",
        "swap backend staging at 2026-11-23 07:00 Asia/Tokyo, UTC,           2026-11-22T22:00:00Z",
        "swap backend staging at 18:30 UTC,                   Europe/Berlin, 2026-11-21T18:30:00Z",
        "swap backend staging at 18:30:15,                    UTC,           2026-11-21T18:30:15Z",
    })
    void theEndOfASentenceMayBeItsTime(String words, String zone, Instant due) {
        Instruction instruction = understood(words, zone);
        assertThat(instruction.command()).isEqualTo("backend.swap");
        assertThat(instruction.canonical()).isEqualTo("swap backend staging");
        assertThat(instruction.manner().due()).isEqualTo(due);
    }

    @Test
    void whatIsShownCanBeSaidAgain() {
        String shown = Due.shown(Instant.parse("2026-11-23T06:00:00Z"), ZoneId.of("Europe/Berlin"));
        assertThat(shown).isEqualTo("2026-11-23 07:00 Europe/Berlin");
        assertThat(understood("swap backend staging at " + shown, "UTC")
                        .manner()
                        .due())
                .isEqualTo("2026-11-23T06:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deny k7m2pq not at 18:30           | deny   | deny k7m2pq not at 18:30",
                "explain swap backend staging in 2h | explain| explain swap backend staging in 2h",
                "move k7m2pq at 18:30               | move   | move k7m2pq at 18:30",
                "help in 2h                         | help   | help in 2h",
            })
    void whatMeansSomethingAsAWholeMeansThat(String words, String command, String canonical) {
        Instruction instruction = understood(words, "UTC");
        assertThat(instruction.command()).isEqualTo(command);
        assertThat(instruction.canonical()).isEqualTo(canonical);
        assertThat(instruction.manner().due()).isNull();
    }

    @Test
    void listsStayLists() {
        assertThat(understood("terminate backend staging/i-1, i-2 in 2h", "UTC").arguments())
                .containsEntry("hosts", "i-1,i-2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "swap backend staging at 25:00            | '25:00' |",
                "swap backend staging at 18:30 Berlin     | 'at 18:30 Berlin' is not a time |",
                "swap backend staging today at 9:00       | 2026-11-21 09:00 UTC is over; it is 2026-11-21 12:00 UTC now |",
                "swap backend staging at 2026-02-30 07:00 | is not a time |",
                "swap backend staging at 2020-01-01 07:00 | is over |",
            })
    void whatCannotBeIsSaid(String words, String problem) {
        Interpretation.Malformed malformed = (Interpretation.Malformed) said(words, "UTC");
        assertThat(malformed.problem()).contains(problem.replace("'25:00'", "25:00"));
        assertThat(malformed.help()).containsExactly("A time is said " + TimeWords.EXAMPLE + ".");
    }

    @Test
    void whatIsMissingIsAskedForAsWithoutATime() {
        assertThat(((Interpretation.Misunderstood) said("swap backend at 18:30", "UTC")).problem())
                .startsWith("swap backend in which environment?");
        assertThat(said("at 18:30", "UTC")).isInstanceOf(Interpretation.Misunderstood.class);
        assertThat(said("swap backend staging\nat 18:30", "UTC")).isInstanceOf(Interpretation.Misunderstood.class);
    }
}
