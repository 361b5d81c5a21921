package io.signalbox.runner;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a child sees of the bot's environment: an allow-list, what the settings add, and nothing else. */
public final class ChildEnvironment {
    private static final List<String> ALLOWED = List.of("PATH", "HOME", "TZ", "USER", "SSH_AUTH_SOCK");
    private static final String USUAL_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    /** A socket's path has 107 bytes; Ansible names the socket with 11 of them, OpenSSH adds 17 while it makes it. */
    private static final int LONGEST_SOCKET_FOLDER = 107 - 11 - 17;

    private final Workplace workplace;
    private final Map<String, String> own;

    /** {@code own} is the bot's own environment. */
    public ChildEnvironment(Workplace workplace, Map<String, String> own) {
        this.workplace = workplace;
        this.own = Map.copyOf(own);
    }

    /** For a program that is not Ansible. */
    public Map<String, String> plain() {
        Map<String, String> environment = new LinkedHashMap<>();
        ALLOWED.stream().filter(own::containsKey).forEach(name -> environment.put(name, own.get(name)));
        environment.putIfAbsent("PATH", USUAL_PATH);
        environment.putIfAbsent("HOME", workplace.state().toString());
        // Ansible starts only in a locale of UTF-8 that the machine has; a login may bring the name of another.
        environment.put("LANG", "C.UTF-8");
        environment.putAll(workplace.environment());
        return environment;
    }

    /** For Ansible with the {@code ansible.cfg} in {@code code}; its events and SSH sockets go to {@code folder}. */
    public Map<String, String> ansible(Path code, Path folder) {
        Map<String, String> environment = plain();
        environment.put("PATH", workplace.python().getParent() + ":" + environment.get("PATH"));
        environment.putAll(needed(code));
        environment.put("ANSIBLE_HOME", workplace.state().resolve("ansible").toString());
        environment.put("ANSIBLE_NOCOLOR", "1");
        // A copy of the code that is named by its content must not change.
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        environment.put("SIGNALBOX_EVENTS", folder.resolve("events.jsonl").toString());
        String sockets = folder.resolve("ssh").toString();
        environment.put("ANSIBLE_SSH_CONTROL_PATH_DIR", sockets);
        if (sockets.getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET_FOLDER) {
            // Each task then connects anew. Said here and not among ssh_args: those of ansible.cfg would be lost.
            environment.put("ANSIBLE_SSH_CONTROL_PATH", "none");
        }
        return environment;
    }

    /** For Ansible in a person's own shell, whose locale may be one that this machine lacks. */
    Map<String, String> byHand(Path code) {
        Map<String, String> environment = needed(code);
        environment.put("LC_ALL", "C.UTF-8");
        return environment;
    }

    /** What Ansible needs to be told whoever starts it. */
    private Map<String, String> needed(Path code) {
        Map<String, String> environment = new LinkedHashMap<>();
        // Said outright: Ansible ignores the ansible.cfg of a folder that others may write to.
        environment.put("ANSIBLE_CONFIG", code.resolve("ansible.cfg").toString());
        environment.put("ANSIBLE_COLLECTIONS_PATH", workplace.collections().toString());
        workplace.sshKey().ifPresent(key -> environment.put("ANSIBLE_PRIVATE_KEY_FILE", key.toString()));
        return environment;
    }
}
