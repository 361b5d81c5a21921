package io.signalbox.catalog;

import java.util.List;
import java.util.Map;

/** What a command does: exactly one of these. */
public sealed interface Action {
    /** A word about the bot itself, answered by the stage that owns its data. {@code word} is the command's name. */
    record Answer(Owner by) implements Action {}

    /**
     * An Ansible playbook.
     *
     * @param playbook file name below {@code playbooks/}
     * @param inventory folder name below {@code inventory/}; may hold {@code {argument}}
     * @param vars extra variables; values may hold {@code {argument}}, {@code {argument.commit}} and
     *     {@code {argument.repository}} for git references; a value that is one placeholder of a list argument is a list
     */
    record Playbook(String playbook, String inventory, Map<String, String> vars) implements Action {
        public Playbook {
            vars = Map.copyOf(vars);
        }
    }

    /** A program: a literal first element, then words that may hold {@code {argument}}. */
    record Program(List<String> argv) implements Action {
        public Program {
            argv = List.copyOf(argv);
        }
    }
}
