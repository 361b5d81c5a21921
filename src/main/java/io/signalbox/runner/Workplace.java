package io.signalbox.runner;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where commands run and what they are given; all paths are absolute.
 *
 * @param code the project folder
 * @param catalog files and folders of the catalog, relative to {@code code}
 * @param state the bot's folder of runs, locks, code copies and git mirrors
 * @param python the interpreter beside which {@code ansible-playbook} lies
 * @param collections what ANSIBLE_COLLECTIONS_PATH names
 * @param environment added to each child's allow-listed environment
 * @param environmentFiles variables whose values are the contents of files: secrets
 * @param sshKey the private key that Ansible logs in with
 * @param repositories URL by the name that the catalog uses
 */
public record Workplace(
        Path code,
        List<String> catalog,
        Path state,
        Path python,
        Path collections,
        Map<String, String> environment,
        Map<String, Path> environmentFiles,
        Optional<Path> sshKey,
        Map<String, String> repositories) {
    public Workplace {
        catalog = List.copyOf(catalog);
        environment = Map.copyOf(environment);
        environmentFiles = Map.copyOf(environmentFiles);
        repositories = Map.copyOf(repositories);
    }

    /** Without the values of {@code environment}, which may be secret. */
    @Override
    public String toString() {
        return "Workplace[code=" + code + ", state=" + state + ", environment=" + environment.keySet()
                + ", environmentFiles=" + environmentFiles + ", repositories=" + repositories.keySet() + "]";
    }

    public Path ansiblePlaybook() {
        return python.resolveSibling("ansible-playbook");
    }

    public Path runs() {
        return state.resolve("runs");
    }

    public Path locks() {
        return state.resolve("locks");
    }
}
