package io.signalbox.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.Instruction;
import io.signalbox.bus.Person;
import io.signalbox.catalog.BadCatalog;
import io.signalbox.catalog.CatalogLoader;
import io.signalbox.language.Interpretation.Incomplete;
import io.signalbox.language.Interpretation.Malformed;
import io.signalbox.language.Interpretation.Misunderstood;
import io.signalbox.language.Interpretation.Understood;
import io.signalbox.language.Interpretation.Unknown;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With the catalog of this project. */
class InterpreterTest {
    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final Person ANNA = new Person("play:anna", "anna");

    private final Interpreter interpreter;

    InterpreterTest() throws BadCatalog {
        interpreter = new Interpreter(new CatalogLoader(PROJECT, List.of(PROJECT.resolve("commands"))).load());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deploy backend staging                    | backend.deploy   | deploy backend/main staging",
                "Deploy BACKEND to Staging                 | backend.deploy   | deploy backend/main staging",
                "deploy backend/Feature/X in production.   | backend.deploy   | deploy backend/Feature/X production",
                "deploy backend on staging —replace        | backend.replace  | deploy backend/main staging --replace",
                "swap backend staging                      | backend.swap     | swap backend staging",
                "rollback backend on production            | backend.rollback | rollback backend production",
                "terminate backend staging/i-0a1, i-0b2    | backend.terminate| terminate backend staging/i-0a1,i-0b2",
                "what is live in staging?                  | backend.status   | status backend staging",
                "@bert has deployer role                   | grant            | play:bert has deployer role",
                "@bert has the Deployer role               | grant            | play:bert has deployer role",
                "<@U123ABC> does not have deployer role    | revoke           | play:U123ABC does not have deployer role",
                "slack:U1 doesn’t have a deployer role     | revoke           | slack:U1 does not have deployer role",
                "what roles does @bert have?               | roles-of         | what roles does play:bert have",
                "who has deployer role                     | who-has          | who has deployer role",
                "who am i                                  | who-am-i         | who am i",
                "which roles do I have?                    | who-am-i         | who am i",
                "approve K7M2PQ                            | approve          | approve k7m2pq",
                "approve k7m2pq 0a1b2c3d                   | approve          | approve k7m2pq 0a1b2c3d",
                "deny k7m2pq not on a Friday               | deny             | deny k7m2pq not on a Friday",
                "deny k7m2pq, too risky, not now           | deny             | deny k7m2pq too risky, not now",
                "deploy backend, staging                   | backend.deploy   | deploy backend/main staging",
                "unlock backend/staging I looked           | unlock           | unlock backend/staging I looked",
                "wcid                                      | where            | where can i deploy",
                "where can I deploy backend?               | where            | where can i deploy backend",
                "help                                      | help             | help",
                "help deploy backend                       | help             | help deploy backend",
                "hi                                        | ping             | ping",
                "explain deploy backend/x to staging       | explain          | explain deploy backend/x to staging",
            })
    void understands(String said, String command, String canonical) {
        Instruction instruction = understood(said);
        assertThat(instruction.command()).isEqualTo(command);
        assertThat(instruction.canonical()).isEqualTo(canonical);
    }

    @Test
    void understandsItsOwnCanonicalForms() {
        for (String said : List.of(
                "deploy backend/v1 on staging", "@bert has deployer role", "terminate backend in staging/a,b")) {
            Instruction instruction = understood(said);
            assertThat(understood(instruction.canonical())).isEqualTo(instruction);
        }
    }

    @Test
    void handsOverCheckedArguments() {
        assertThat(understood("terminate backend in STAGING/i-1,i-2").arguments())
                .isEqualTo(Map.of("environment", "staging", "hosts", "i-1,i-2"));
        assertThat(understood("deploy backend staging").arguments())
                .isEqualTo(Map.of("environment", "staging", "ref", "main"));
        assertThat(understood("swap backend staging").arguments()).isEqualTo(Map.of("environment", "staging"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deploy backend             | deploy backend to which environment? Staging or production.",
                "deploy backend to          | deploy backend to which environment? Staging or production.",
                "deploy backend/x           | deploy backend/x to which environment? Staging or production.",
                "swap backend               | swap backend in which environment? Staging or production.",
                "approve                    | approve which id? A command's id of six letters and digits.",
                "explain                    | explain what?",
                "deploy                     | `deploy` is only the beginning of a command.",
                "                           | What is to be done?",
            })
    void asksForWhatIsMissing(String said, String problem) {
        Misunderstood misunderstood = misunderstood(said == null ? "" : said);
        assertThat(misunderstood).isInstanceOf(Incomplete.class);
        assertThat(misunderstood.problem()).isEqualTo(problem);
        assertThat(misunderstood.help()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deploy backend to mars            | There is no environment 'mars': staging or production.",
                "deploy backend mars               | There is no environment 'mars': staging or production.",
                "swap backend stagin               | There is no environment 'stagin': staging or production; did you mean 'staging'?",
                "bert has deployer role            | 'bert' is not a person: mention somebody, as in @bert.",
                "approve me                        | 'me' is not a command's id: six letters and digits, as in k7m2pq.",
                "status backend staging now        | I do not understand 'now' after `status backend staging`.",
                "terminate backend staging/@hosts  | '@hosts' is not a host: names of the inventory with commas between them, no patterns.",
                "terminate backend staging/all     | 'all' is not a host's name; leave the hosts out to mean all of them.",
                "terminate backend staging/a,a     | 'a' is named twice.",
                "terminate backend staging/        | There is nothing where the hosts should be.",
            })
    void saysWhatCannotBe(String said, String problem) {
        assertThat(misunderstood(said)).isInstanceOf(Malformed.class);
        assertThat(misunderstood(said).problem()).isEqualTo(problem);
        assertThat(misunderstood(said).help()).isNotEmpty();
    }

    @Test
    void offersTheNearestCommands() {
        Misunderstood slip = misunderstood("deplyo backend staging");
        assertThat(slip).isInstanceOf(Unknown.class);
        assertThat(slip.problem()).isEqualTo("I do not know 'deplyo backend staging'.");
        assertThat(slip.help()).containsExactly("Did you mean `deploy backend staging`?");
        assertThat(misunderstood("swop bakend prodution").help())
                .containsExactly("Did you mean `swap backend production`?");
        assertThat(misunderstood("deploy frontend staging").help())
                .anySatisfy(line -> assertThat(line).startsWith("`deploy backend[/{ref}]"));
        assertThat(misunderstood("fetch me a sandwich").help())
                .containsExactly("`help` lists everything that can be said.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deploy backend/$(id) to staging",
                "deploy backend/`id` to staging",
                "deploy backend/--upload-pack=x staging",
                "deploy backend/-x staging",
                "deploy backend/{{lookup('pipe','id')}} staging",
                "deploy backend/{{ lookup('pipe', 'id') }} staging",
                "deploy backend/{%x%} staging",
                "deploy backend/a..b staging",
                "deploy backend/a@{1} staging",
                "deploy backend/@ staging",
                "deploy backend/.a staging",
                "deploy backend/a.lock staging",
                "deploy backend/a//b staging",
                "deploy backend//a staging",
                "deploy backend/a~1 staging",
                "deploy backend/a^ staging",
                "deploy backend/a:b staging",
                "deploy backend/*a staging",
                "deploy backend/a;id staging",
                "deploy backend/a|id staging",
                "deploy backend/a&id staging",
                "deploy backend/a>b staging",
                "deploy backend/a\\b staging",
                "deploy backend/mаin staging",
                "deploy backend/\u0000 staging",
                "deploy backend/a\u202ebc staging",
                "deploy backend to {{lookup('pipe','id')}}",
                "deploy backend to stаging",
                "deploy backend to staging --upload-pack=x",
                "deploy backend to staging; id",
                "deploy backend to staging && id",
                "deploy backend to ../staging",
                "ｄeploy backend staging",
                "terminate backend staging/web*",
                "terminate backend staging/!web",
                "terminate backend staging/~web",
                "terminate backend staging/web:db",
                "terminate backend staging/-i",
                "terminate backend staging/a,",
                "terminate backend staging/$(id)",
                "@bert has {{x}} role",
                "@bert$(id) has deployer role",
                "unlock $(id)",
                "approve $(id)x",
                "deploy backend staging\nid",
                "deploy backend staging\r\nswap backend staging",
                "deploy backend staging\u2028id",
                "deploy backend\u0085staging",
            })
    void refusesWhatIsNoPlainArgument(String said) {
        Misunderstood misunderstood = misunderstood(said);
        assertThat(misunderstood.problem()).isNotBlank();
        assertThat(misunderstood.problem().chars()).noneMatch(Character::isISOControl);
        assertThat(misunderstood.problem()).doesNotContain("\u202e");
    }

    @Test
    void namesTheLettersThatOnlyLookAlike() {
        assertThat(misunderstood("deploy backend to stаging").help())
                .contains("'а' is U+0430, CYRILLIC SMALL LETTER A.");
    }

    @Test
    void answersVeryLongInputAtOnceAndBriefly() {
        String refs = "deploy backend/" + "a/".repeat(300) + "b staging";
        Assertions.assertTimeout(Duration.ofSeconds(2), () -> {
            assertThat(misunderstood(refs).problem()).isEqualTo("The ref has 601 characters; at most 250 may be.");
            assertThat(misunderstood("deploy ".repeat(140)).problem().length()).isLessThan(200);
            assertThat(misunderstood("x".repeat(1_000_000)).problem())
                    .isEqualTo("This has 1000000 characters, and a command has at most 1000.");
        });
    }

    private Instruction understood(String said) {
        Interpretation interpretation = interpreter.interpret(said, ANNA);
        assertThat(interpretation).as(said).isInstanceOf(Understood.class);
        return ((Understood) interpretation).instruction();
    }

    private Misunderstood misunderstood(String said) {
        Interpretation interpretation = interpreter.interpret(said, ANNA);
        assertThat(interpretation).as(said).isInstanceOf(Misunderstood.class);
        return (Misunderstood) interpretation;
    }
}
