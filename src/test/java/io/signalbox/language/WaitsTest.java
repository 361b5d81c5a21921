package io.signalbox.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.Instruction;
import io.signalbox.bus.Person;
import io.signalbox.catalog.BadCatalog;
import io.signalbox.catalog.CatalogLoader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the catalog of this project. */
class WaitsTest {
    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final Person ANNA = new Person("play:anna", "anna");

    private final Interpreter interpreter;

    WaitsTest() throws BadCatalog {
        interpreter = new Interpreter(new CatalogLoader(PROJECT, List.of(PROJECT.resolve("commands"))).load());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deploy backend staging --wait",
                "deploy backend to staging —wait",
                "deploy backend staging, and wait.",
                "Deploy backend staging And Wait"
            })
    void theEndOfACommandSaysThatItWaits(String said) {
        Instruction meant = understood(said);
        assertThat(meant.canonical()).isEqualTo("deploy backend/main staging");
        assertThat(meant.manner().waits()).isTrue();
    }

    @Test
    void withoutItNothingWaits() {
        assertThat(understood("deploy backend staging").manner().waits()).isFalse();
    }

    @Test
    void aReasonMayEndInTheseWords() {
        Instruction meant = understood("deny k7m2pq go home and wait");
        assertThat(meant.arguments()).containsEntry("reason", "go home and wait");
        assertThat(meant.manner().waits()).isFalse();
    }

    @Test
    void whatTakesNoLockHasNothingToWaitFor() {
        var answer = (Interpretation.Malformed) interpreter.interpret("status backend staging --wait", ANNA);
        assertThat(answer.problem())
                .isEqualTo("`status backend staging` takes no lock, so there is nothing to wait for.");
    }

    @Test
    void aMistakeBeforeItIsToldAsWithoutIt() {
        assertThat(interpreter.interpret("deploy backend mars --wait", ANNA))
                .isEqualTo(interpreter.interpret("deploy backend mars", ANNA));
    }

    private Instruction understood(String said) {
        Interpretation meaning = interpreter.interpret(said, ANNA);
        assertThat(meaning).as(said).isInstanceOf(Interpretation.Understood.class);
        return ((Interpretation.Understood) meaning).instruction();
    }
}
