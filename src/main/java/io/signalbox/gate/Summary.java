package io.signalbox.gate;

import io.signalbox.bus.Instruction;
import io.signalbox.notation.PlainText;
import io.signalbox.runner.CodeCopy;
import io.signalbox.runner.GitRefs;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** The lines that people read before they agree: what and where, which commit, and what is new in it. */
final class Summary {
    private static final int MOST_COMMITS = 10;
    private static final int MOST_NAMES = 3;

    private final GitRefs git;
    private final Map<String, String> repositories;

    /** {@code repositories}: URL by the name that the settings give. */
    Summary(GitRefs git, Map<String, String> repositories) {
        this.git = git;
        this.repositories = Map.copyOf(repositories);
    }

    Future<List<String>> of(
            Instruction instruction,
            SortedMap<String, String> urls,
            SortedMap<String, String> commits,
            CodeCopy code,
            Facts facts) {
        List<String> lines = new ArrayList<>();
        commits.forEach((argument, commit) -> lines.add(
                argument + " " + instruction.arguments().get(argument) + " is commit " + References.brief(commit)));
        lines.addAll(facts.lines());
        if (code.dirty()) {
            lines.add("playbooks: dirty, not committed: " + someOf(code.uncommitted()));
        }
        return changes(instruction, urls, commits, facts).map(changes -> {
            lines.addAll(changes);
            return lines;
        });
    }

    private Future<List<String>> changes(
            Instruction instruction, SortedMap<String, String> urls, SortedMap<String, String> commits, Facts facts) {
        Optional<String> url = urls.values().stream().findFirst().or(() -> ofGroup(instruction));
        Optional<String> from = facts.from();
        Optional<String> to = commits.values().stream().findFirst().or(facts::to);
        if (url.isEmpty() || from.isEmpty() || to.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        if (from.equals(to)) {
            return Future.succeededFuture(
                    List.of("no new commits: " + References.brief(from.get()) + " is live already"));
        }
        return between(url.get(), from.get(), to.get())
                .recover(failure ->
                        Future.succeededFuture(List.of("what is new cannot be told: " + failure.getMessage())));
    }

    /** A command without a git reference belongs to the repository that its group is named after: backend.swap to backend. */
    private Optional<String> ofGroup(Instruction instruction) {
        int dot = instruction.command().indexOf('.');
        return dot < 0
                ? Optional.empty()
                : Optional.ofNullable(repositories.get(instruction.command().substring(0, dot)));
    }

    private Future<List<String>> between(String url, String from, String to) {
        return Future.all(git.between(url, from, to, MOST_COMMITS + 1), git.between(url, to, from, MOST_COMMITS + 1))
                .map(both -> {
                    List<String> lines = new ArrayList<>();
                    lines.addAll(listed("new since " + References.brief(from) + ", which is live:", both.resultAt(0)));
                    lines.addAll(listed("taken back from what is live:", both.resultAt(1)));
                    return lines;
                });
    }

    private static List<String> listed(String title, List<String> commits) {
        if (commits.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of(title));
        commits.stream().limit(MOST_COMMITS).forEach(commit -> lines.add("  " + commit));
        if (commits.size() > MOST_COMMITS) {
            lines.add("  and more");
        }
        return lines;
    }

    /** A few of these names, and how many more there are. */
    static String someOf(List<String> names) {
        String shown = names.stream().limit(MOST_NAMES).map(PlainText::line).collect(Collectors.joining(", "));
        return names.size() <= MOST_NAMES ? shown : shown + " and " + (names.size() - MOST_NAMES) + " more";
    }
}
