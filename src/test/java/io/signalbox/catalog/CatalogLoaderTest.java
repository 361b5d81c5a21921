package io.signalbox.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogLoaderTest {
    private final CatalogProject project;

    CatalogLoaderTest(@TempDir Path folder) throws IOException {
        this.project = new CatalogProject(folder);
    }

    @Test
    void readsEveryKeyOfACommand() throws IOException, BadCatalog {
        CommandSpec spec = project.load(CatalogProject.DEPLOY).command("backend.deploy");
        assertThat(spec.help()).isEqualTo("Stages it.");
        assertThat(spec.risk()).isEqualTo(Risk.CHANGE);
        assertThat(spec.roles()).isEqualTo(Set.of("deployer"));
        assertThat(spec.approval()).contains(new Approval(Map.of("environment", "production"), "deployer"));
        assertThat(spec.lockFor(Map.of("environment", "staging"))).contains("backend/staging");
        assertThat(spec.timeout()).isEqualTo(Duration.ofMinutes(45));
        assertThat(spec.action())
                .isEqualTo(new Action.Playbook(
                        "deploy.yml",
                        "{environment}",
                        Map.of(
                                "target_environment", "{environment}",
                                "target_hosts", "{hosts}",
                                "expected_in", "{facts.swap.in}")));
        assertThat(spec.plan()).contains(new Action.Playbook("status.yml", "{environment}", Map.of()));
        assertThat(spec.consequences()).containsExactly("Something in {environment} ends.");
        assertThat(spec.actions()).containsExactly("backend.deploy");
    }

    @Test
    void knowsTheWordsAboutTheBotWithoutAnyFile() throws BadCatalog {
        Catalog catalog = new CatalogLoader(project.code(), List.of()).load();
        assertThat(catalog.command("approve").action()).isEqualTo(new Action.Answer(Owner.GATE));
        assertThat(catalog.commands().values()).noneMatch(CommandSpec::startsProcess);
        assertThat(catalog.arguments().get("id"))
                .isEqualTo(new ArgumentType(
                        "id", ArgumentType.Form.COMMAND_ID, List.of(), Optional.empty(), Optional.empty()));
    }

    @Test
    void theFilesOfThisProjectAreWell() throws BadCatalog {
        Path project = Path.of("").toAbsolutePath();
        assertThat(new CatalogLoader(project, List.of(project.resolve("commands")))
                        .load()
                        .commands())
                .containsKeys("backend.deploy", "backend.swap", "backend.rollback", "backend.terminate", "help");
        assertThat(new CatalogLoader(project, List.of(project.resolve("commands/small")))
                        .load()
                        .commands())
                .containsKeys("backend.deploy", "backend.swap", "help");
        Path bench = project.resolve("bench/overhead");
        assertThat(CatalogProject.mistakesOf(
                        () -> new CatalogLoader(project, List.of(bench.resolve("commands"))).load()))
                .as("its playbooks and inventory lie elsewhere, all else is well")
                .allSatisfy(each -> assertThat(each).contains("is not there"));
    }

    @Test
    void tellsEveryMistakeWithFileAndLine() throws IOException {
        List<String> mistakes = project.mistakes("""
                arguments:
                  environment: {one of: [staging], default: staging}
                  ref: {type: git-ref, default: --upload-pack=x}
                  note: {type: txt}
                commands:
                  one:
                    say: deploy {enviroment}
                    help: One.
                    risk: small
                    role: [deployer]
                    timeout: 5x
                    lock: backend/{ref}
                    run: {playbook: gone.yml, vars: {environment: x, ansible_host: y, Bad: z, is: q, facts_file: f}}
                  two:
                    say: two[/{ref}] {environment}
                    help: Two.
                    risk: change
                    roles: [deployer]
                    timeout: 5m
                    approval: {when: {environment: mars, hosts: a}, by: deployer}
                    lock: two/{ref}/{hosts}
                    run:
                      playbook: deploy.yml
                      vars:
                        a: "{nothing}"
                        b: "x-{ref}"
                        c: "{{ lookup('pipe', 'id') }}"
                        d: "{environment.commit}"
                        e: "{facts.swap.in}"
                        f: "{ref"
                    actions: [three]
                """);
        assertThat(mistakes)
                .containsExactlyInAnyOrder(
                        "commands/1.yml:2: there is no default environment, ever; take 'default' out",
                        "commands/1.yml:3: 'repository:' is missing: the name under repositories: in the settings, as in repository: backend",
                        "commands/1.yml:3: the default is not allowed: '--upload-pack=x' is not a git reference: it begins with '-';"
                                + " right is a branch, tag or commit, as in main, v1.2 or feature/search",
                        "commands/1.yml:4: there is no type 'txt'; there are git-ref, hosts, command-id, person, role, name, text,"
                                + " number, duration, time; did you mean 'text'?",
                        "commands/1.yml:6: 'roles:' is missing, as in roles: [deployer]; everyone is a role too",
                        "commands/1.yml:7: 'deploy {enviroment}': there is no argument 'enviroment'; did you mean 'environment'?",
                        "commands/1.yml:9: 'risk' is one of read, change, destroy",
                        "commands/1.yml:10: there is no key 'role' here; did you mean 'roles'?",
                        "commands/1.yml:11: '5x' is no time limit: a number and s, m or h, as in 20s, 5m or 2h, at most 24h",
                        "commands/1.yml:12: this command has no argument 'ref'; in its 'say' are none",
                        "commands/1.yml:13: playbooks/gone.yml is not there",
                        "commands/1.yml:13: 'environment' is a word of Ansible's own; a variable of this name would be overlooked,"
                                + " take target_environment or the like",
                        "commands/1.yml:13: 'ansible_host' steers Ansible itself and may run code; variables of a playbook have other names",
                        "commands/1.yml:13: 'Bad' cannot name a variable: small letters, digits and _, and no word of Python",
                        "commands/1.yml:13: 'is' cannot name a variable: small letters, digits and _, and no word of Python",
                        "commands/1.yml:13: 'facts_file' is set by the bot itself when it plans",
                        "commands/1.yml:13: 'inventory:' is missing, a folder below inventory/; it may be left out where 'say' has {environment}",
                        "commands/1.yml:20: this condition never holds: there is no environment 'mars': staging",
                        "commands/1.yml:20: this command has no argument 'hosts'; in its 'say' are environment, ref",
                        "commands/1.yml:21: {ref} may be absent, and the lock needs it always; give it a default or make it a fixed part of 'say'",
                        "commands/1.yml:21: this command has no argument 'hosts'; in its 'say' are environment, ref",
                        "commands/1.yml:25: this command has no argument 'nothing'; in its 'say' are environment, ref",
                        "commands/1.yml:26: {ref} may be absent, and a variable with more than one place needs it always; give it a default"
                                + " or make it a fixed part of 'say'",
                        "commands/1.yml:27: '{{ lookup('pipe', 'id') }}' looks like Jinja, which is never evaluated here",
                        "commands/1.yml:28: {environment.commit}: there is {x.commit} and {x.repository}, for an argument of type git-ref",
                        "commands/1.yml:29: {facts.swap.in} is known only to 'run:' of a command with 'plan:', whose playbook pins the facts",
                        "commands/1.yml:30: '{ref' has a brace that is no place; a place is {argument}",
                        "commands/1.yml:14: 'actions' offers 'three', which is no command");
    }

    @Test
    void refusesToAnswerForTheBotAndToRunFromItsWords() throws IOException {
        assertThat(
                        project.mistakes(
                                "commands:\n  ping:\n    say: pong\n    help: x\n    risk: read\n    roles: [everyone]\n    answer: about\n"))
                .anySatisfy(each -> assertThat(each).startsWith("commands/1.yml:7: there is no key 'answer' here"))
                .anySatisfy(each -> assertThat(each).contains("'run:' is missing"));
    }

    @Test
    void refusesTwoCommandsOfOneName() throws IOException {
        assertThat(project.mistakes(CatalogProject.command("say: x"), CatalogProject.command("say: y")))
                .singleElement()
                .asString()
                .isEqualTo("commands/2.yml:2: there is a command 'one' already, in commands/1.yml:2");
    }

    @Test
    void refusesAnArgumentThatIsSomethingElseElsewhere() throws IOException {
        assertThat(project.mistakes(CatalogProject.command("say: x"), "arguments:\n  role: {type: text}\n"))
                .singleElement()
                .asString()
                .startsWith("commands/2.yml:2: the argument 'role' is something else in words.yml:");
    }

    @Test
    void refusesFilesThatAreNoCatalog() throws IOException {
        assertThat(project.mistakes("- a\n"))
                .singleElement()
                .asString()
                .startsWith("commands/1.yml:1: 'commands/1.yml' is to be a table");
        assertThat(project.mistakes("comands: {}\n")).singleElement().asString().contains("did you mean 'commands'?");
        assertThat(project.mistakes("commands: {a: *b}\n"))
                .contains("commands/3.yml:1: '*b' is a YAML alias; write out what is meant");
        assertThat(project.mistakes("\n")).singleElement().asString().contains("the file is empty");
        assertThat(CatalogProject.mistakesOf(() ->
                        new CatalogLoader(project.code(), List.of(project.code().resolve("inventory"))).load()))
                .containsExactly("inventory:1: there is no .yml file in this folder");
    }

    @Test
    void keepsTheOldCatalogWhereTheNewOneHasMistakes() throws IOException, BadCatalog {
        Path file = Files.writeString(project.code().resolve("commands/own.yml"), CatalogProject.DEPLOY);
        CurrentCatalog current = new CurrentCatalog(new CatalogLoader(project.code(), List.of(file)));
        Files.writeString(file, CatalogProject.DEPLOY.replace("risk: change", "risk: none"));
        assertThat(CatalogProject.mistakesOf(current::reload))
                .singleElement()
                .asString()
                .startsWith("commands/own.yml:9: 'risk' is one of");
        assertThat(current.get().find("backend.deploy")).isPresent();
        Files.writeString(file, CatalogProject.DEPLOY.replace("backend.deploy", "backend.stage"));
        current.reload();
        assertThat(current.get().find("backend.deploy")).isEmpty();
        assertThat(current.get().find("backend.stage")).isPresent();
    }
}
