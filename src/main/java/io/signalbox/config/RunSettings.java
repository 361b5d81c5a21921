package io.signalbox.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What the processes of runs are given.
 *
 * @param environment added to the allow-listed environment; values may be secret and are not shown
 * @param environmentFiles variables whose value is the content of a file
 * @param sshKey the private key that Ansible uses
 */
public record RunSettings(Map<String, String> environment, Map<String, Path> environmentFiles, Optional<Path> sshKey) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    /** What the bot sets itself, for each run or for each child: a person's would be overwritten. */
    private static final Pattern TAKEN = Pattern.compile("SIGNALBOX_(EVENTS|CHILD|RUN)|PYTHONDONTWRITEBYTECODE|ANSIBLE_"
            + "(CONFIG|COLLECTIONS_PATH|HOME|NOCOLOR|PRIVATE_KEY_FILE|SSH_CONTROL_PATH|SSH_CONTROL_PATH_DIR)");

    public RunSettings {
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
        environmentFiles = Collections.unmodifiableMap(new TreeMap<>(environmentFiles));
        Rules rules = new Rules();
        checkNames(rules, "run.environment.", environment.keySet());
        checkNames(rules, "run.environment-files.", environmentFiles.keySet());
        for (String name : environmentFiles.keySet()) {
            rules.demand(
                    !environment.containsKey(name),
                    "run.environment-files." + name,
                    "is in run.environment too; keep one of them");
        }
        rules.enforce();
    }

    private static void checkNames(Rules rules, String key, Set<String> names) {
        for (String name : names) {
            rules.demand(NAME.matcher(name).matches(), key + name, "'" + name + "' is not a variable's name")
                    .demand(
                            !TAKEN.matcher(name).matches(),
                            key + name,
                            "the bot itself sets " + name + " for each run; leave it out"
                                    + (name.equals("ANSIBLE_PRIVATE_KEY_FILE") ? ", run.ssh-key names the key" : ""));
        }
    }

    @Override
    public String toString() {
        return "RunSettings[environment=" + environment.keySet() + ", environmentFiles=" + environmentFiles
                + ", sshKey=" + sshKey + "]";
    }
}
