package io.signalbox.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.Room;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyRulesTest {
    private static final String POLICY = """
            policy:
              roles:
                admin:    {help: Gives and takes roles., grants: [admin, deployer, oncall]}
                deployer: {help: Changes environments.}
                oncall:   {help: Answers the phone at night.}
              break-glass: [oncall]
              rooms:
                ops:    {}
                lobby:  {commands: [backend.*]}
                direct: {risk: read}
                others: {risk: read}
              limits: {person: 20/min, room: 60/min, running: 10}
            """;

    private static final String SMALL = """
            policy:
              roles:
                admin: {grants: [admin, deployer]}
                deployer: {}
            """;

    private CatalogProject project;

    @BeforeEach
    void project(@TempDir Path folder) throws IOException {
        project = new CatalogProject(folder);
    }

    @Test
    void aPolicyIsPartOfTheCatalogAndDecidesWhoMaySayTheWordsOfTheGate() throws BadCatalog {
        Catalog catalog = project.load(CatalogProject.DEPLOY + POLICY);
        PolicySpec policy = catalog.policy();
        assertThat(policy.roles().keySet()).containsExactly("admin", "deployer", "oncall");
        assertThat(policy.granters("deployer")).containsExactly("admin");
        assertThat(policy.limits()).isEqualTo(new PolicySpec.Limits(OptionalInt.of(20), OptionalInt.of(60), 10));
        assertThat(catalog.command("break-glass").roles()).containsExactly("oncall");
        assertThat(catalog.command("grant").roles()).containsExactly("admin");
    }

    @Test
    void withoutAPolicyAdminsGiveEveryRoleAndEverythingMayBeSaidEverywhere() throws BadCatalog {
        Catalog catalog = project.load(CatalogProject.DEPLOY);
        assertThat(catalog.policy()).isEqualTo(PolicySpec.NONE);
        assertThat(catalog.policy().granters("anything")).containsExactly("admin");
        assertThat(catalog.policy().breakGlass()).isEmpty();
        assertThat(catalog.policy().allows(catalog.command("backend.deploy"), new Room("play:@anna")))
                .isTrue();
    }

    @Test
    void aRoomLetsThroughWhatItsRuleNames() throws BadCatalog {
        Catalog catalog = project.load(CatalogProject.DEPLOY + POLICY);
        CommandSpec deploy = catalog.command("backend.deploy");
        CommandSpec approve = catalog.command("approve");
        CommandSpec deny = catalog.command("deny");
        assertThat(List.of("play:ops", "slack:lobby").stream()
                        .map(room -> catalog.policy().allows(deploy, new Room(room))))
                .containsExactly(true, true);
        assertThat(List.of("play:other", "play:@anna").stream()
                        .map(room -> catalog.policy().allows(deploy, new Room(room))))
                .containsExactly(false, false);
        assertThat(catalog.policy().allows(approve, new Room("play:@anna"))).isFalse();
        assertThat(catalog.policy().allows(approve, new Room("play:lobby"))).isTrue();
        assertThat(catalog.policy().allows(deny, new Room("play:@anna"))).isTrue();
        assertThat(catalog.policy().roomsFor(deploy)).containsExactly("ops", "lobby");
    }

    @Test
    void everyMistakeIsToldWithItsLineAndTheNearestRightWord() {
        assertThat(project.mistakes(CatalogProject.DEPLOY, """
                        policy:
                          roles:
                            admin: {grants: [admin, deplyoer]}
                            deployer: {grant: []}
                            everyone: {}
                          brake-glass: [x]
                          break-glass: [oncal]
                          rooms:
                            ops: {commands: [backend.dploy, frontend.*], risk: raed}
                          limits: {person: 20, running: lots, romm: 1/min}
                        """))
                .containsExactlyInAnyOrder(
                        "commands/2.yml:3: 'grants' names the role 'deplyoer', which the policy in commands/2.yml:1 does"
                                + " not know; did you mean 'deployer'?",
                        "commands/2.yml:4: there is no key 'grant' here; did you mean 'grants'?",
                        "commands/2.yml:4: nobody can ever give the role 'deployer': neither admin nor a role that admin"
                                + " gives has it under 'grants'",
                        "commands/2.yml:5: every member has the role everyone: it is not for a policy to give",
                        "commands/2.yml:5: nobody can ever give the role 'everyone': neither admin nor a role that admin"
                                + " gives has it under 'grants'",
                        "commands/2.yml:6: there is no key 'brake-glass' here; did you mean 'break-glass'?",
                        "commands/2.yml:7: 'break-glass' names the role 'oncal', which the policy in commands/2.yml:1"
                                + " does not know; there are admin, deployer, everyone",
                        "commands/2.yml:9: 'risk' is one of read, change, destroy; did you mean 'read'?",
                        "commands/2.yml:9: there is no command 'backend.dploy'; did you mean 'backend.deploy'?",
                        "commands/2.yml:9: there is no command 'frontend.*'; there are backend.*, backend.deploy",
                        "commands/2.yml:10: '20' is no rate: a number and /min, as in person: 20/min",
                        "commands/2.yml:10: 'lots' is no number of commands: 1 to 999, as in running: 10",
                        "commands/2.yml:10: there is no key 'romm' here; did you mean 'room'?");
    }

    @Test
    void aRoleOfACommandThatThePolicyDoesNotKnowIsAMistakeWhereItStands() {
        assertThat(project.mistakes(CatalogProject.DEPLOY, SMALL.replace("deployer", "deployers")))
                .containsExactly(
                        "commands/1.yml:10: backend.deploy needs the role 'deployer', which the policy in"
                                + " commands/2.yml:1 does not know; did you mean 'deployers'?",
                        "commands/1.yml:11: backend.deploy needs the role 'deployer', which the policy in"
                                + " commands/2.yml:1 does not know; did you mean 'deployers'?");
    }

    @Test
    void aPolicyWithoutAdminsOrInWhichNobodyCouldApproveIsAMistake() {
        String noAdmin = """
                policy:
                  roles:
                    deployer: {grants: [deployer]}
                """;
        assertThat(project.mistakes(CatalogProject.DEPLOY, noAdmin))
                .singleElement()
                .asString()
                .startsWith("commands/2.yml:1: 'roles' has no 'admin'");
        String nowhere = SMALL + "  rooms: {ops: {commands: [backend.*], risk: read}, others: {risk: read}}\n";
        assertThat(project.mistakes(CatalogProject.DEPLOY, nowhere))
                .contains(
                        "commands/4.yml:1: 'rooms' has no room where approve may be said, and no rule for others",
                        "commands/4.yml:1: 'rooms' has no room where backend.deploy may be said, and no rule for"
                                + " others");
    }

    @Test
    void thereIsOnePolicy() {
        assertThat(project.mistakes(CatalogProject.DEPLOY, SMALL, SMALL))
                .containsExactly("commands/3.yml:1: there is a policy already, in commands/2.yml:1");
    }

    @Test
    void howManyHaveToAgreeIsANumberFromOneToFive() throws BadCatalog {
        String three = CatalogProject.DEPLOY.replace("by: deployer}", "by: deployer, needed: 3}");
        assertThat(project.load(three)
                        .command("backend.deploy")
                        .approval()
                        .orElseThrow()
                        .needed())
                .isEqualTo(3);
        for (String wrong : List.of("0", "6", "two")) {
            assertThat(project.mistakes(three.replace("needed: 3", "needed: " + wrong)))
                    .singleElement()
                    .asString()
                    .endsWith("'" + wrong + "' is no number of persons who have to agree: 1 to 5, as in needed: 2");
        }
    }
}
