package io.signalbox.gate;

import io.signalbox.bus.Instruction;
import io.signalbox.catalog.ArgumentType;
import io.signalbox.catalog.Catalog;
import io.signalbox.runner.GitRefs;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The git references among what was said: "main" approves nothing, a commit does. */
final class References {
    private static final int SHORT = 8;

    private final Map<String, String> urls;
    private final GitRefs git;

    /** {@code urls}: of the repositories, by the name that the settings give. */
    References(Map<String, String> urls, GitRefs git) {
        this.urls = Map.copyOf(urls);
        this.git = git;
    }

    /** The URL of the repository of each reference, by argument; throws {@link Unplannable} where one has none. */
    SortedMap<String, String> repositories(Catalog catalog, Instruction instruction) {
        SortedMap<String, String> repositories = new TreeMap<>();
        instruction.arguments().keySet().stream()
                .map(catalog.arguments()::get)
                .flatMap(type -> Optional.ofNullable(type).stream())
                .filter(type -> type.form() == ArgumentType.Form.GIT_REF)
                .forEach(type -> repositories.put(type.name(), url(type)));
        return repositories;
    }

    private String url(ArgumentType type) {
        String name = type.repository()
                .orElseThrow(
                        () -> new Unplannable("The catalog names no repository for the argument " + type.name() + "."));
        return Optional.ofNullable(urls.get(name))
                .orElseThrow(() -> new Unplannable(
                        "No repository is called " + name + ".",
                        List.of("The setting repositories." + name + " gives its URL.")));
    }

    /** The commit of each reference, by argument. */
    Future<SortedMap<String, String>> resolve(Catalog catalog, Instruction instruction) {
        SortedMap<String, String> commits = new TreeMap<>();
        List<Future<String>> asked = new ArrayList<>();
        SortedMap<String, String> repositories = repositories(catalog, instruction);
        instruction
                .arguments()
                .forEach((argument, said) -> Optional.ofNullable(repositories.get(argument))
                        .ifPresent(url ->
                                asked.add(git.resolve(url, said).onSuccess(commit -> commits.put(argument, commit)))));
        return Future.all(asked).map(all -> commits);
    }

    /** A commit as people are shown it. */
    static String brief(String commit) {
        return commit.substring(0, Math.min(SHORT, commit.length()));
    }
}
