package io.signalbox.catalog;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One command of the catalog.
 *
 * @param name as in {@code backend.deploy}
 * @param say the patterns it can be said in; the first is the canonical form
 * @param help one sentence
 * @param roles any of these may say it; {@code everyone} is held by every member
 * @param approval empty where nobody else has to agree
 * @param lock template of the lock's name, as in {@code backend/{environment}}
 * @param timeout of its process
 * @param plan the read-only playbook whose facts are pinned by the plan
 * @param consequences sentences for the plan about what happens later; may hold {@code {argument}}
 * @param sequels what comes by itself after it ends well, and what comes no more
 * @param unfrozen whether it may begin in a freeze all the same
 * @param actions names of commands offered as buttons under a good result
 */
public record CommandSpec(
        String name,
        List<String> say,
        String help,
        Risk risk,
        Set<String> roles,
        Optional<Approval> approval,
        Optional<String> lock,
        Duration timeout,
        Action action,
        Optional<Action.Playbook> plan,
        List<String> consequences,
        Sequels sequels,
        boolean unfrozen,
        List<String> actions) {
    public static final String EVERYONE = "everyone";

    public CommandSpec {
        say = List.copyOf(say);
        roles = Set.copyOf(roles);
        consequences = List.copyOf(consequences);
        actions = List.copyOf(actions);
    }

    /** One from which nothing follows by itself, and which a freeze holds. */
    public CommandSpec(
            String name,
            List<String> say,
            String help,
            Risk risk,
            Set<String> roles,
            Optional<Approval> approval,
            Optional<String> lock,
            Duration timeout,
            Action action,
            Optional<Action.Playbook> plan,
            List<String> consequences,
            List<String> actions) {
        this(
                name,
                say,
                help,
                risk,
                roles,
                approval,
                lock,
                timeout,
                action,
                plan,
                consequences,
                Sequels.NONE,
                false,
                actions);
    }

    /** Whether a freeze keeps it from beginning: what starts a process and may change something. */
    public boolean isFreezable() {
        return startsProcess() && risk != Risk.READ && !unfrozen;
    }

    /** The same for holders of other roles. */
    public CommandSpec withRoles(Set<String> others) {
        return new CommandSpec(
                name,
                say,
                help,
                risk,
                others,
                approval,
                lock,
                timeout,
                action,
                plan,
                consequences,
                sequels,
                unfrozen,
                actions);
    }

    /** Whether this starts a process, as against a word about the bot. */
    public boolean startsProcess() {
        return !(action instanceof Action.Answer);
    }

    /** Whether this is a word about the bot, and that stage's to answer. */
    public boolean isAnsweredBy(Owner stage) {
        return new Action.Answer(stage).equals(action);
    }

    /** The name of the lock for these arguments. */
    public Optional<String> lockFor(Map<String, String> arguments) {
        return lock.map(template -> Template.fill(template, arguments));
    }
}
