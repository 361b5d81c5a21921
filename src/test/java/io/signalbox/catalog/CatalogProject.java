package io.signalbox.catalog;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.notation.Mistake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A project folder with two playbooks and two inventories, to which tests add files of a catalog: 1.yml, 2.yml and so on. */
final class CatalogProject {
    static final String DEPLOY = """
            arguments:
              environment: {one of: [staging, production]}
              ref: {type: git-ref, repository: backend, default: main}
              hosts: {type: hosts}
            commands:
              backend.deploy:
                say: deploy backend[/{ref}] [to|in|on] {environment}[/{hosts}]
                help: Stages it.
                risk: change
                roles: [deployer]
                approval: {when: {environment: production}, by: deployer}
                lock: backend/{environment}
                timeout: 45m
                run: {playbook: deploy.yml, vars: {target_environment: "{environment}", target_hosts: "{hosts}", expected_in: "{facts.swap.in}"}}
                plan: {playbook: status.yml}
                consequences: ["Something in {environment} ends."]
                actions: [backend.deploy]
            """;

    private final Path code;
    private int files;

    CatalogProject(Path folder) throws IOException {
        code = folder;
        for (String playbook : List.of("deploy.yml", "status.yml")) {
            Files.createDirectories(code.resolve("playbooks"));
            Files.writeString(code.resolve("playbooks").resolve(playbook), "[]\n");
        }
        Files.createDirectories(code.resolve("inventory/staging"));
        Files.createDirectories(code.resolve("inventory/production"));
        Files.createDirectories(code.resolve("commands"));
    }

    Path code() {
        return code;
    }

    int files() {
        return files;
    }

    static String command(String say) {
        return "commands:\n  one:\n    " + say
                + "\n    help: x\n    risk: read\n    roles: [everyone]\n    timeout: 5m\n    run: {playbook: deploy.yml, inventory: staging}\n";
    }

    Catalog load(String text) throws BadCatalog {
        return new CatalogLoader(code, List.of(file(text))).load();
    }

    List<String> mistakes(String... texts) {
        List<Path> paths = new ArrayList<>();
        for (String text : texts) {
            paths.add(file(text));
        }
        return mistakesOf(() -> new CatalogLoader(code, paths).load());
    }

    interface Loading {
        Object load() throws BadCatalog;
    }

    static List<String> mistakesOf(Loading loading) {
        BadCatalog bad = catchThrowableOfType(BadCatalog.class, loading::load);
        return bad == null
                ? List.of()
                : bad.mistakes().stream().map(Mistake::toString).toList();
    }

    Path file(String text) {
        files++;
        try {
            return Files.writeString(code.resolve("commands/" + files + ".yml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
