package io.signalbox.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.Person;
import io.signalbox.catalog.Action;
import io.signalbox.catalog.Approval;
import io.signalbox.catalog.CommandSpec;
import io.signalbox.catalog.Owner;
import io.signalbox.catalog.Risk;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
    private static final Instant EARLY = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant ASKED = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant LATE = Instant.parse("2026-11-21T13:00:00Z");
    private static final Person ANNA = new Person("play:anna", "anna");
    private static final Holdings HOLDINGS = new Holdings(
            Map.of(
                    "deployer",
                    Map.of("play:anna", EARLY, "play:carla", EARLY, "play:newly", LATE),
                    "lead",
                    Map.of("play:lena", EARLY, "play:carla", EARLY, "play:newly", EARLY),
                    "admin",
                    Map.of("play:olga", EARLY)),
            Map.of("play:anna", "anna", "play:carla", "carla", "play:olga", "olga", "play:newly", "newly"));

    private final Policy policy = new Policy(Set.of("play", "console"));

    @ParameterizedTest
    @CsvSource({
        "play:anna, deployer, ''",
        "play:bert, deployer, role",
        "play:bert, everyone, ''",
        "play:olga, deployer, role",
        "play:olga, deployer|admin, ''",
        "play:anna, '', role",
        "irc:anna, everyone, member",
        "irc:anna, deployer, member",
    })
    void saysWhoMaySayWhat(String person, String roles, String code) {
        Verdict verdict = policy.maySay(spec(roles), "deploy backend staging", person(person), HOLDINGS);
        assertThat(code(verdict)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "play:carla, deployer, lead, ''",
        "play:carla, deployer, deployer, ''",
        "play:anna, deployer, deployer, own",
        "play:anna, everyone, everyone, own",
        "play:lena, deployer, lead, approver",
        "play:olga, deployer, deployer, approver",
        "play:newly, deployer, deployer, approver",
        "play:newly, deployer, lead, approver",
        "play:bert, everyone, everyone, ''",
        "play:carla, '', lead, approver",
    })
    void saysWhoMayApprove(String person, String roles, String by, String code) {
        Verdict verdict =
                policy.mayApprove(spec(roles), new Approval(Map.of(), by), ANNA, ASKED, person(person), HOLDINGS);
        assertThat(code(verdict)).isEqualTo(code);
    }

    @Test
    void aRefusalSaysWhoHasTheRoleAndWhoGrantsIt() {
        var refused = (Verdict.Refused)
                policy.maySay(spec("deployer"), "deploy backend staging", person("play:bert"), HOLDINGS);
        assertThat(refused.reason())
                .isEqualTo("`deploy backend staging` needs the role deployer, which bert does not have.");
        assertThat(refused.help())
                .containsExactly("deployer: anna, carla, newly.", "olga can say: `@bert has deployer role`.");
    }

    @Test
    void tellsHowToGetTheLeastOfTheRolesThatWillDo() {
        Verdict verdict = policy.maySay(spec("admin|auditor"), "audit verify", person("play:bert"), HOLDINGS);

        assertThat(((Verdict.Refused) verdict).help()).last().isEqualTo("olga can say: `@bert has auditor role`.");
    }

    @Test
    void whereThereIsNoAdminTheSettingsAreNamed() {
        var refused = (Verdict.Refused)
                policy.maySay(spec("deployer"), "deploy", person("play:bert"), new Holdings(Map.of(), Map.of()));
        assertThat(refused.help().toString()).contains("Nobody is deployer yet.", "gate.first-roles");
    }

    @Test
    void onesOwnApprovalIsRefusedWithThoseWhoCan() {
        var refused = (Verdict.Refused)
                policy.mayApprove(spec("deployer"), new Approval(Map.of(), "deployer"), ANNA, ASKED, ANNA, HOLDINGS);
        assertThat(refused.reason()).contains("not by yourself");
        assertThat(refused.help()).containsExactly("It needs another deployer: carla.");
    }

    @Test
    void asksOnlyThoseWhoseYesWouldCount() {
        assertThat(policy.approvers(spec("deployer"), new Approval(Map.of(), "lead"), ANNA, ASKED, HOLDINGS))
                .containsExactly("play:carla");
        assertThat(policy.approvers(spec("deployer"), new Approval(Map.of(), "everyone"), ANNA, ASKED, HOLDINGS))
                .containsExactly("play:carla");
    }

    @Test
    void refusesAtOnceWhatNobodyCouldApprove() {
        Person carla = person("play:carla");
        Approval byLead = new Approval(Map.of(), "lead");
        assertThat(code(policy.canBeApproved(spec("deployer"), byLead, ANNA, ASKED, HOLDINGS)))
                .isEmpty();
        assertThat(code(policy.canBeApproved(spec("deployer"), byLead, carla, ASKED, HOLDINGS)))
                .isEqualTo("approval");
        assertThat(code(policy.canBeApproved(
                        spec("everyone"), new Approval(Map.of(), "everyone"), ANNA, ASKED, HOLDINGS)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"READ, true, true", "READ, false, false", "CHANGE, false, true", "DESTROY, false, true"})
    void whatStartsOrChangesHasToBeRecordedFirst(Risk risk, boolean process, boolean recorded) {
        assertThat(Policy.needsRecording(spec("everyone", risk, process))).isEqualTo(recorded);
    }

    private static Person person(String id) {
        return new Person(id, id.substring(id.indexOf(':') + 1));
    }

    private static String code(Verdict verdict) {
        return verdict instanceof Verdict.Refused refused ? refused.code() : "";
    }

    private static CommandSpec spec(String roles) {
        return spec(roles, Risk.CHANGE, true);
    }

    private static CommandSpec spec(String roles, Risk risk, boolean process) {
        return new CommandSpec(
                "backend.deploy",
                List.of("deploy backend"),
                "",
                risk,
                roles.isEmpty() ? Set.of() : Set.of(roles.split("\\|", -1)),
                Optional.empty(),
                Optional.empty(),
                Duration.ofMinutes(1),
                process ? new Action.Program(List.of("true")) : new Action.Answer(Owner.ABOUT),
                Optional.empty(),
                List.of(),
                List.of());
    }
}
