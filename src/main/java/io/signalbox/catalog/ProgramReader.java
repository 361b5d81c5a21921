package io.signalbox.catalog;

import io.signalbox.notation.Mistakes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a program and its words. What people say is never the program, never its option, and never read as code. */
final class ProgramReader {
    /** The folder whose programs are in the copy that a run uses; others below the project would not be there. */
    private static final Path PROGRAMS = Path.of("programs");

    /** They read a word as code, or as another program to start. */
    private static final Set<String> INTERPRETERS = Set.of(
            "sh",
            "bash",
            "rbash",
            "dash",
            "ash",
            "zsh",
            "ksh",
            "mksh",
            "fish",
            "csh",
            "tcsh",
            "busybox",
            "toybox",
            "python",
            "pypy",
            "ipython",
            "perl",
            "ruby",
            "irb",
            "node",
            "nodejs",
            "deno",
            "bun",
            "php",
            "lua",
            "luajit",
            "tclsh",
            "expect",
            "guile",
            "awk",
            "gawk",
            "mawk",
            "nawk",
            "sed",
            "psql",
            "mysql",
            "sqlite",
            "eval",
            "exec",
            "env",
            "xargs",
            "find",
            "parallel",
            "ssh",
            "su",
            "sudo",
            "doas",
            "pkexec",
            "runuser",
            "nohup",
            "timeout",
            "setsid",
            "nice",
            "ionice",
            "stdbuf",
            "chroot",
            "unshare",
            "nsenter",
            "systemd-run");

    /** As in {@code python3.11}. */
    private static final Pattern VERSION = Pattern.compile("[-0-9.]+$");

    private static final Pattern NAMED = Pattern.compile("--[a-z][a-z0-9-]*=\\{[a-z][a-z0-9-]*}");
    private static final Pattern CODE = Pattern.compile(
            "--(e|eval|exec|execute|expr|expression|cmd|command|code|script|shell|run|sql|query|filter|program)=.*");

    private final Path code;
    private final Mistakes mistakes;
    private final CommandArguments arguments;
    private final TemplateRules templates;

    ProgramReader(Path code, Mistakes mistakes, CommandArguments arguments, TemplateRules templates) {
        this.code = code;
        this.mistakes = mistakes;
        this.arguments = arguments;
        this.templates = templates;
    }

    Optional<Action> read(Fields run) {
        for (String key : List.of("inventory", "vars")) {
            run.entry(key)
                    .ifPresent(entry ->
                            mistakes.add(entry.place(), "'" + key + "' is for playbooks; a program has words only"));
        }
        List<Fields.Text> words = run.texts("program");
        if (words.isEmpty()) {
            mistakes.add(
                    run.place(),
                    "'program:' names nothing to start, as in program: [programs/report, '{environment}']");
            return Optional.empty();
        }
        checkFirst(words.get(0));
        if (words.stream().anyMatch(word -> !isLiteral(word))) {
            words.stream().filter(ProgramReader::isLiteral).forEach(this::checkLiteral);
        }
        words.stream().skip(1).forEach(this::checkWord);
        return Optional.of(
                new Action.Program(words.stream().map(Fields.Text::value).toList()));
    }

    private static boolean isLiteral(Fields.Text word) {
        return Template.names(word.value()).isEmpty();
    }

    private void checkFirst(Fields.Text first) {
        String program = first.value();
        if (program.contains("{")) {
            mistakes.add(first.place(), "what is started is never an argument: the first word is to be literal");
        } else if (program.startsWith("/") && !isProgram(Path.of(program))) {
            mistakes.add(first.place(), program + " is not there or cannot be executed");
        } else if (program.contains("/") && !program.startsWith("/")) {
            checkOwn(first, Path.of(program).normalize());
        }
    }

    private void checkOwn(Fields.Text first, Path program) {
        if (!program.startsWith(PROGRAMS)) {
            mistakes.add(
                    first.place(),
                    "'" + first.value() + "' would not be there when it runs: the project's own programs lie below "
                            + PROGRAMS + "/, as in programs/report");
        } else if (!isProgram(code.resolve(program))) {
            mistakes.add(first.place(), first.value() + " is not there or cannot be executed");
        }
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    /** Each of them, since {@code nice} and others start what the next word names. */
    private void checkLiteral(Fields.Text word) {
        String name = word.value().substring(word.value().lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        if (INTERPRETERS.contains(VERSION.matcher(name).replaceFirst(""))) {
            mistakes.add(
                    word.place(),
                    "'" + word.value()
                            + "' could read what people say as code; name a program that takes it as a value,"
                            + " as in programs/report");
        }
    }

    private void checkWord(Fields.Text word) {
        List<String> names = Template.names(word.value());
        boolean single = names.size() == 1 && word.value().equals("{" + names.get(0) + "}");
        if (single) {
            templates.variable(word, true);
        } else {
            templates.text(word, "a word of the program");
        }
        names.stream().filter(this::isText).findFirst().ifPresent(name -> checkText(word, name));
    }

    private boolean isText(String name) {
        ArgumentType type = arguments.possible().get(name);
        return type != null && type.form() == ArgumentType.Form.TEXT;
    }

    /** Inside a longer word free text could be part of what some language means; alone it could be an option. */
    private void checkText(Fields.Text word, String name) {
        if (!NAMED.matcher(word.value()).matches()) {
            mistakes.add(
                    word.place(),
                    "{" + name
                            + "} may begin with '-' and be taken for an option, or be read as part of what stands around"
                            + " it; write --" + name + "={" + name + "}");
        } else if (CODE.matcher(word.value()).matches()) {
            mistakes.add(
                    word.place(),
                    "'" + word.value()
                            + "' hands over what people say where code is expected; let the program take it as"
                            + " a value, as in --" + name + "={" + name + "}");
        }
    }
}
