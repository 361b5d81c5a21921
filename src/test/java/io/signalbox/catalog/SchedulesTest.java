package io.signalbox.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the catalog says itself, and what follows from its commands. */
class SchedulesTest {
    private CatalogProject project;

    @BeforeEach
    void begin(@TempDir Path folder) throws Exception {
        project = new CatalogProject(folder);
    }

    private static final String NIGHTLY = CatalogProject.DEPLOY + """
            schedules:
              nightly:
                cron: "0 7 * * 1-5"
                zone: Europe/Berlin
                say: deploy backend to staging
                room: play:ops
            """;

    @Test
    void aLineComesAtItsTimeInItsZone() throws Exception {
        CronLine line = Objects.requireNonNull(project.load(NIGHTLY).schedules().get("nightly"));
        assertThat(line.person()).isEqualTo("schedule:nightly");
        Instant friday = Instant.parse("2026-11-20T06:00:00Z");
        assertThat(line.next(friday)).contains(Instant.parse("2026-11-23T06:00:00Z"));
        assertThat(line.last(friday)).contains(friday);
        assertThat(line.last(friday.minusSeconds(1))).contains(Instant.parse("2026-11-19T06:00:00Z"));
        // In summer it is an hour earlier in UTC.
        assertThat(line.next(Instant.parse("2026-07-01T12:00:00Z"))).contains(Instant.parse("2026-07-02T05:00:00Z"));
    }

    @Test
    void everyMistakeInALineHasItsPlace() {
        assertThat(project.mistakes("""
                schedules:
                  Nightly: {cron: "0 7 * * *", say: x, room: play:ops}
                  a: {cron: "0 7 * *", say: x, room: play:ops}
                  b: {cron: "0 7 * * *", zone: Europe/Bonn, say: x, room: ops}
                  c: {cron: "61 7 * * *", wen: 1}
                """))
                .satisfiesExactlyInAnyOrder(
                        mistake -> assertThat(mistake).contains(":2: 'Nightly' cannot name a schedule"),
                        mistake -> assertThat(mistake).contains(":3: '0 7 * *' is no time of five fields"),
                        mistake -> assertThat(mistake).contains(":4: 'Europe/Bonn' is not a time zone"),
                        mistake -> assertThat(mistake).contains(":4: 'ops' is not a room"),
                        mistake -> assertThat(mistake).contains(":5: there is no key 'wen' here"),
                        mistake -> assertThat(mistake).contains(":5: 'say:' is missing"),
                        mistake -> assertThat(mistake).contains(":5: 'room:' is missing"));
    }

    @Test
    void whatALineSaysHasToBeUnderstood() {
        assertThat(CatalogProject.mistakesOf(() -> new CatalogLoader(
                                project.code(),
                                List.of(project.file(NIGHTLY)),
                                Map.of(),
                                (catalog, name, words) -> Optional.of("no such words for " + name))
                        .load()))
                .containsExactly(
                        "commands/1.yml:22: 'deploy backend to staging' cannot be said on a schedule: no such words for nightly");
    }

    private static final String SWAP = CatalogProject.DEPLOY + """
              backend.swap:
                say: swap backend {environment}
                help: x
                risk: change
                roles: [deployer]
                timeout: 5m
                run: {playbook: deploy.yml}
                plan: {playbook: status.yml}
                later:
                  - command: %s
                    in: 2h
                    time: standby
                    arguments: {%s}
                averts:
                  - command: backend.deploy
                    arguments: {environment: "{environment}", hosts: "{facts.swap.in}"}
            """;

    private static String swap(String command, String arguments) {
        return SWAP.formatted(command, arguments);
    }

    @Test
    void sequelsAreReadWithTheirTimes() throws Exception {
        String text = swap("backend.deploy", "environment: \"{environment}\", hosts: \"{facts.swap.out}\"");
        Map<String, String> arguments = Map.of("environment", "{environment}", "hosts", "{facts.swap.out}");
        assertThat(project.load(text).command("backend.swap").sequels().later())
                .containsExactly(new Sequels.Sequel("backend.deploy", arguments, Duration.ofHours(2)));
        Catalog other = new CatalogLoader(
                        project.code(),
                        List.of(project.file(text)),
                        Map.of("standby", Duration.ofSeconds(20)),
                        (catalog, name, words) -> Optional.empty())
                .load();
        assertThat(other.command("backend.swap").sequels().later())
                .containsExactly(new Sequels.Sequel("backend.deploy", arguments, Duration.ofSeconds(20)));
    }

    @Test
    void aTimeThatTheCatalogDoesNotNameIsRefused() {
        assertThat(CatalogProject.mistakesOf(() -> new CatalogLoader(
                                project.code(),
                                List.of(project.file(swap("backend.deploy", "environment: \"{environment}\""))),
                                Map.of("stanby", Duration.ofSeconds(20)),
                                (catalog, name, words) -> Optional.empty())
                        .load()))
                .singleElement()
                .asString()
                .contains("times.stanby: no 'time:' in the catalog has this name")
                .contains("standby");
    }

    @Test
    void sequelsNameWhatThereIs() {
        assertThat(project.mistakes(swap("backend.deplo", "environment: \"{environment}\"")))
                .singleElement()
                .asString()
                .contains("'later' names 'backend.deplo', which is no command");
        assertThat(project.mistakes(swap("backend.deploy", "host: \"{environment}\"")))
                .anySatisfy(
                        mistake -> assertThat(mistake).contains("the argument 'host'; it has environment, hosts, ref"))
                .anySatisfy(mistake ->
                        assertThat(mistake).contains("without environment, which it cannot be said without"));
        assertThat(project.mistakes(swap("ping", "")))
                .anySatisfy(mistake -> assertThat(mistake).contains("a word about the bot"));
        assertThat(project.mistakes(swap("backend.deploy", "environment: \"{env}\"")))
                .anySatisfy(mistake -> assertThat(mistake).contains("no argument 'env'"));
    }
}
