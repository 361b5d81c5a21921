package io.signalbox.runner;

import io.signalbox.bus.Instruction;
import io.signalbox.bus.Plan;
import io.signalbox.catalog.Action;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CommandSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Makes the process of a command. Every method throws {@link NotRunnable} where what was said cannot become one. */
public final class Invocations {
    private static final Pattern FOLDER_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

    private final Supplier<Catalog> catalog;
    private final Workplace workplace;
    private final ChildEnvironment environment;

    public Invocations(Catalog catalog, Workplace workplace, ChildEnvironment environment) {
        this(() -> catalog, workplace, environment);
    }

    /** {@code catalog} gives the one that counts now. */
    public Invocations(Supplier<Catalog> catalog, Workplace workplace, ChildEnvironment environment) {
        this.catalog = catalog;
        this.workplace = workplace;
        this.environment = environment;
    }

    /** The same with this catalog, whichever counts now. */
    public Invocations under(Catalog fixed) {
        return new Invocations(fixed, workplace, environment);
    }

    /** What {@code plan} pinned, run on the immutable copy in {@code code}; {@code folder} is the run's own. */
    public Invocation run(CommandSpec spec, Instruction instruction, Plan plan, Path code, Path folder) {
        Variables variables = Variables.of(catalog.get(), instruction, plan);
        if (spec.action() instanceof Action.Playbook playbook) {
            return playbook(playbook, variables, variables.vars(playbook.vars()), code, folder);
        }
        return program(spec, variables, code);
    }

    /** The read-only playbook that writes the facts to pin to {@code facts}; events and variables go beside that file. */
    public Invocation plan(
            CommandSpec spec, Instruction instruction, SortedMap<String, String> commits, Path code, Path facts) {
        Action.Playbook playbook =
                spec.plan().orElseThrow(() -> new NotRunnable("the command " + spec.name() + " has no plan to make"));
        Variables variables = Variables.of(catalog.get(), instruction, commits, workplace.repositories());
        Map<String, Object> vars = new LinkedHashMap<>(variables.vars(playbook.vars()));
        vars.put("facts_file", facts.toString());
        return playbook(playbook, variables, vars, code, parent(facts));
    }

    /** Variables that the settings give to each child beside those of the bot. Their values may be secret. */
    Set<String> fromSettings() {
        return workplace.environment().keySet();
    }

    /** What a person would start in the project folder: nothing is pinned, and no value comes from the settings. */
    Invocation byHand(CommandSpec spec, Instruction instruction) {
        Variables variables = Variables.of(catalog.get(), instruction, Map.of(), workplace.repositories());
        if (spec.action() instanceof Action.Playbook playbook) {
            return new Invocation(
                    argv(playbook, variables),
                    environment.byHand(workplace.code()),
                    workplace.environmentFiles(),
                    workplace.code(),
                    variables.vars(playbook.vars()));
        }
        return new Invocation(
                program(spec, variables, workplace.code()).argv(),
                Map.of(),
                workplace.environmentFiles(),
                workplace.code(),
                Map.of());
    }

    private Invocation playbook(
            Action.Playbook playbook, Variables variables, Map<String, Object> vars, Path code, Path folder) {
        List<String> argv = new ArrayList<>(argv(playbook, variables));
        argv.addAll(List.of("-e", "@" + VarsFile.in(folder)));
        return new Invocation(argv, environment.ansible(code, folder), workplace.environmentFiles(), code, vars);
    }

    private List<String> argv(Action.Playbook playbook, Variables variables) {
        String inventory = variables.text(playbook.inventory());
        if (!FOLDER_NAME.matcher(inventory).matches()) {
            throw new NotRunnable("'" + inventory + "' cannot be the name of an inventory");
        }
        return List.of(
                workplace.python().toString(),
                workplace.ansiblePlaybook().toString(),
                "-i",
                "inventory/" + inventory,
                "playbooks/" + playbook.playbook());
    }

    private Invocation program(CommandSpec spec, Variables variables, Path code) {
        if (!(spec.action() instanceof Action.Program program)) {
            throw new NotRunnable("the command " + spec.name() + " starts no process");
        }
        return new Invocation(
                variables.words(program.argv()), environment.plain(), workplace.environmentFiles(), code, Map.of());
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IllegalArgumentException(file + " is not an absolute path");
        }
        return parent;
    }
}
