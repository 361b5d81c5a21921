package io.signalbox.catalog;

import java.util.Set;
import java.util.regex.Pattern;

/** Which names a catalog may give to Ansible's extra variables. Extra variables win over everything, some run code. */
final class VariableNames {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    /** Keywords of plays, blocks and tasks, and functions of templates: ansible.vars.reserved of ansible-core 2.19. */
    private static final Set<String> RESERVED =
            Set.of(("action always any_errors_fatal args async async_val become become_exe become_flags become_method"
                            + " become_user block changed_when check_mode collections connection cycler debugger delay"
                            + " delegate_facts delegate_to dict diff environment fact_path failed_when force_handlers"
                            + " gather_facts gather_timeout handlers hosts ignore_errors ignore_unreachable joiner"
                            + " lipsum local_action lookup loop loop_control loop_with max_fail_percentage"
                            + " module_defaults name namespace no_log notify now omit order poll port post_tasks"
                            + " pre_tasks q query range register remote_user rescue retries roles run_once serial"
                            + " strategy tags tasks throttle timeout undef until vars vars_files vars_prompt when")
                    .split(" ", -1));

    /** Magic variables of Ansible. */
    private static final Set<String> MAGIC = Set.of(
            ("group_names groups hostvars inventory_dir inventory_file inventory_hostname inventory_hostname_short"
                            + " play_hosts playbook_dir role_name role_names role_path discovered_interpreter_python")
                    .split(" ", -1));

    /** Words that Python, and so Ansible, does not take as names. */
    private static final Set<String> PYTHON = Set.of(
            ("and as assert async await break class continue def del elif else except finally for from global if import"
                            + " in is lambda nonlocal not or pass raise return try while with yield true false none")
                    .split(" ", -1));

    private VariableNames() {}

    /** Why this is no name for a variable; empty where it is one. */
    static String wrong(String name) {
        if (!NAME.matcher(name).matches() || PYTHON.contains(name)) {
            return "'" + name + "' cannot name a variable: small letters, digits and _, and no word of Python";
        }
        if (name.startsWith("ansible_")) {
            return "'" + name + "' steers Ansible itself and may run code; variables of a playbook have other names";
        }
        if (RESERVED.contains(name) || MAGIC.contains(name) || name.startsWith("with_")) {
            return "'" + name + "' is a word of Ansible's own; a variable of this name would be overlooked, take"
                    + " target_" + name + " or the like";
        }
        if (name.equals("facts_file")) {
            return "'facts_file' is set by the bot itself when it plans";
        }
        return "";
    }
}
