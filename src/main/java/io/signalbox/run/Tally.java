package io.signalbox.run;

import io.signalbox.bus.Progress;
import io.signalbox.bus.Progress.HostProgress;
import io.signalbox.runner.Redaction;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the events of a playbook come to so far. It grows with hosts and plays, never with events. */
final class Tally {
    private static final Logger LOG = LoggerFactory.getLogger(Tally.class);

    /** A play as it began: whether some host must have taken part for the run to be worth anything. */
    record Play(String name, boolean required, List<String> hosts) {}

    private final List<Play> plays = new ArrayList<>();
    private final Map<String, HostCount> hosts = new LinkedHashMap<>();
    private int stages;
    private @Nullable String task;
    private int tasks;
    private int failures;
    private @Nullable JsonObject recap;
    private long changes;

    /** One line of {@code events.jsonl}. */
    void add(String line) {
        try {
            add(new JsonObject(line));
        } catch (DecodeException | ClassCastException damaged) {
            LOG.atWarn().addKeyValue("error", damaged.getMessage()).log("An event of a run cannot be read");
        }
    }

    private void add(JsonObject event) {
        changes++;
        switch (event.getString("event", "")) {
            case "play" -> play(event);
            case "task", "handler" -> {
                task = event.getString("name");
                tasks = Math.max(tasks + 1, event.getInteger("number", 0));
            }
            case "ok" -> host(event).done(event.getBoolean("changed", false));
            case "failed" -> failed(event, event.getBoolean("ignored", false));
            case "unreachable" -> {
                host(event).unreachable = true;
                fail(event);
            }
            case "recap" -> recap = event;
            default -> changes--;
        }
    }

    private void play(JsonObject event) {
        stages = Math.max(event.getInteger("plays", 0), plays.size() + 1);
        plays.add(new Play(
                event.getString("name", ""),
                event.getBoolean("required", true),
                event.getJsonArray("hosts").stream().map(String::valueOf).toList()));
    }

    private void failed(JsonObject event, boolean ignored) {
        if (ignored) {
            host(event).done(false);
        } else {
            host(event).failed++;
            fail(event);
        }
    }

    private void fail(JsonObject event) {
        failures++;
        host(event).last =
                new Failing(failures, event.getString("uuid", ""), event.getString("task", ""), Failing.words(event));
    }

    private HostCount host(JsonObject event) {
        return hosts.computeIfAbsent(event.getString("host", "?"), name -> new HostCount());
    }

    /** Grows with every event that changes what people would see. */
    long changes() {
        return changes;
    }

    int tasks() {
        return tasks;
    }

    List<Play> plays() {
        return plays;
    }

    /**
     * The task that failed last, and what each host said that it ended. Hosts that came through count only where there is
     * no other: theirs was rescued.
     */
    Optional<FailedTask> failedTask() {
        Map<String, Failing> all = new LinkedHashMap<>();
        hosts.forEach((name, host) -> Optional.ofNullable(host.last).ifPresent(last -> all.put(name, last)));
        Map<String, Failing> forGood = new LinkedHashMap<>(all);
        forGood.keySet().removeIf(host -> !hasFailed(host));
        Map<String, Failing> chosen = forGood.isEmpty() ? all : forGood;
        return chosen.values().stream()
                .max(Comparator.comparingInt(Failing::number))
                .map(last -> FailedTask.of(last, chosen));
    }

    /** By the recap, whose failures are those that were not rescued. */
    private boolean hasFailed(String host) {
        JsonObject counts = recap().map(end -> end.getJsonObject("hosts", new JsonObject()))
                .map(end -> end.getJsonObject(host))
                .orElseGet(JsonObject::new);
        return counts.getInteger("failures", 0) + counts.getInteger("unreachable", 0) > 0;
    }

    /** The last event, without which a run of Ansible has not come to its end. */
    Optional<JsonObject> recap() {
        return Optional.ofNullable(recap);
    }

    /** Names of plays, tasks and hosts are texts of the playbook, and may hold a secret like all it says. */
    Progress progress(Expectation expected, Duration elapsed, Redaction redaction) {
        Play play = plays.isEmpty() ? null : plays.get(plays.size() - 1);
        return new Progress(
                play == null ? null : redaction.clean(play.name()),
                plays.size(),
                stages,
                task == null ? null : redaction.clean(task),
                tasks,
                expected.tasks(),
                hosts.entrySet().stream()
                        .map(each -> each.getValue().progress(redaction.clean(each.getKey())))
                        .toList(),
                elapsed,
                expected.left(elapsed).orElse(null));
    }

    private static final class HostCount {
        private int ok;
        private int changed;
        private int failed;
        private boolean unreachable;
        private @Nullable Failing last;

        void done(boolean hasChanged) {
            ok++;
            changed += hasChanged ? 1 : 0;
        }

        HostProgress progress(String name) {
            return new HostProgress(name, ok, changed, failed, unreachable);
        }
    }

    /** The {@code number}th failure of the run. */
    private record Failing(int number, String uuid, String task, String words) {
        static String words(JsonObject event) {
            if (event.getBoolean("censored", false)) {
                return "(what it said is kept secret by the playbook)";
            }
            String message = Objects.toString(event.getString("msg"), "");
            String errors = Objects.toString(event.getString("stderr"), "");
            return errors.isBlank() ? message : message.isBlank() ? errors : message + "\n" + errors;
        }
    }

    /** What each host said when this task failed on it, in that order. */
    record FailedTask(String name, Map<String, String> words) {
        private static final int MOST_HOSTS = 50;

        private static FailedTask of(Failing last, Map<String, Failing> hosts) {
            Map<String, String> words = new LinkedHashMap<>();
            hosts.entrySet().stream()
                    .filter(each -> each.getValue().uuid().equals(last.uuid()))
                    .sorted(Comparator.comparingInt(each -> each.getValue().number()))
                    .limit(MOST_HOSTS)
                    .forEach(each -> words.put(each.getKey(), each.getValue().words()));
            return new FailedTask(last.task(), words);
        }
    }
}
