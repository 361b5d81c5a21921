package io.signalbox.run;

import io.signalbox.bus.Failure;
import io.signalbox.bus.Outcome;
import io.signalbox.runner.Redaction;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a run's end means. An exit status of 0 is not enough: Ansible gives it for doing nothing at all. */
record Conclusion(
        Outcome outcome,
        @Nullable Integer exitCode,
        String reason,
        SortedMap<String, String> result,
        @Nullable Failure failure) {
    private static final int LINES = 12;
    private static final int LONGEST_RESULT = 2000;
    private static final int MOST_RESULTS = 20;

    /** With this begins the reason of what a person has ended; whoever it was is put in behind it. */
    static final String CANCELLED = "cancelled";

    /** The wrapper was gone when the run was cancelled, so nobody saw how its processes ended. */
    static final Conclusion CUT_OFF = without(Outcome.LOST, CANCELLED + "; how far it had come is not known");

    /** Nothing is left that could tell what it did, and its processes may even go on. */
    static Conclusion gone(RunFolder folder) {
        return without(Outcome.LOST, "the folder of the run is gone: " + folder.path());
    }

    static Conclusion without(Outcome outcome, String reason) {
        return new Conclusion(outcome, null, reason, new TreeMap<>(), null);
    }

    /**
     * @param exit what the wrapper wrote
     * @param tally null for a program, which writes no events
     * @param output the end of what it printed
     */
    static Conclusion of(JsonObject exit, @Nullable Tally tally, String output, Redaction redaction) {
        Integer code = exit.getInteger("code");
        String status = exit.getString("status", "");
        if (status.equals("busy")) {
            String holder = exit.getString("holder");
            return without(
                    Outcome.BUSY,
                    "another process on this machine holds its lock" + (holder == null ? "" : " (run " + holder + ")"));
        }
        if (status.equals("not started")) {
            return without(Outcome.NOT_STARTED, redaction.clean(exit.getString("reason", "nobody said why")));
        }
        if (status.equals("cancelled") && exit.getBoolean("begun", false)) {
            return CUT_OFF;
        }
        Optional<String> flaw = flaw(exit, tally);
        if (flaw.isEmpty()) {
            return new Conclusion(Outcome.SUCCEEDED, code, "done", results(tally, redaction), null);
        }
        Outcome outcome = switch (status) {
            case "cancelled" -> Outcome.CANCELLED;
            case "timeout" -> Outcome.TIMED_OUT;
            default -> Outcome.FAILED;
        };
        return new Conclusion(
                outcome,
                code,
                redaction.clean(flaw.get()),
                results(tally, redaction),
                failure(outcome, tally, output, redaction));
    }

    /**
     * Why the run is not a success. A playbook that was asked to end too late is one all the same: its recap proves it. A
     * program that was asked to end proves nothing with a status of 0.
     */
    private static Optional<String> flaw(JsonObject exit, @Nullable Tally tally) {
        Integer code = exit.getInteger("code");
        if (code == null || code != 0) {
            return Optional.of(ending(exit, tally != null));
        }
        boolean byItself = exit.getString("status", "").equals("exited");
        Optional<String> flaw = tally != null
                ? flaw(tally)
                : Optional.of("it ended with status 0").filter(said -> !byItself);
        return flaw.map(said -> byItself ? said : ending(exit, tally != null) + "; " + said);
    }

    /** What is wrong with a playbook's run whose exit status says that all is well. */
    private static Optional<String> flaw(Tally tally) {
        if (tally.recap().isEmpty()) {
            return Optional.of("Ansible ended without a recap");
        }
        JsonObject hosts = tally.recap().get().getJsonObject("hosts", new JsonObject());
        Optional<String> bad = hosts.fieldNames().stream()
                .filter(host -> count(hosts, host, "failures") + count(hosts, host, "unreachable") > 0)
                .findFirst();
        if (bad.isPresent()) {
            return Optional.of("something failed on " + bad.get() + ", though Ansible says that all is well");
        }
        if (tally.plays().isEmpty()) {
            return Optional.of("the playbook has no play, so nothing was done");
        }
        return tally.plays().stream()
                .filter(Tally.Play::required)
                .filter(play -> play.hosts().stream().noneMatch(hosts::containsKey))
                .findFirst()
                .map(play -> "no host took part in '" + play.name() + "', so nothing was done there");
    }

    private static int count(JsonObject hosts, String host, String what) {
        return hosts.getJsonObject(host).getInteger(what, 0);
    }

    private static String ending(JsonObject exit, boolean ansible) {
        Integer code = exit.getInteger("code");
        return switch (exit.getString("status", "")) {
            case "cancelled" ->
                code == null && exit.getInteger("signal") == null ? CANCELLED + " before anything was done" : CANCELLED;
            case "timeout" -> "it took longer than " + exit.getLong("after_seconds") + " seconds";
            case "signalled" -> "it was killed by signal " + exit.getInteger("signal");
            default -> ansible && code != null ? ansible(code) : "exit status " + code;
        };
    }

    private static String ansible(int code) {
        return switch (code) {
            case 2 -> "a task failed";
            case 4 -> "a host cannot be reached, or Ansible could not begin";
            case 99 -> "Ansible was interrupted";
            default -> "Ansible ended with exit status " + code;
        };
    }

    private static @Nullable Failure failure(
            Outcome outcome, @Nullable Tally tally, String output, Redaction redaction) {
        Optional<Tally.FailedTask> failed = tally == null ? Optional.empty() : tally.failedTask();
        if (failed.isPresent() && outcome == Outcome.FAILED) {
            Map<String, String> words = failed.get().words();
            StringBuilder text = new StringBuilder();
            words.forEach((host, said) -> text.append(words.size() == 1 ? "" : host + ": ")
                    .append(said)
                    .append('\n'));
            return new Failure(
                    redaction.clean(failed.get().name()),
                    words.keySet().stream().map(redaction::clean).toList(),
                    LastLines.of(redaction.clean(text.toString()), LINES));
        }
        List<String> lines = LastLines.of(redaction.clean(output), LINES);
        return lines.isEmpty() ? null : new Failure(null, List.of(), lines);
    }

    private static SortedMap<String, String> results(@Nullable Tally tally, Redaction redaction) {
        SortedMap<String, String> results = new TreeMap<>();
        JsonObject stats = tally == null
                ? new JsonObject()
                : tally.recap().map(recap -> recap.getJsonObject("stats")).orElseGet(JsonObject::new);
        stats.stream().limit(MOST_RESULTS).forEach(each -> {
            String text = each.getValue() instanceof String said ? said : Json.encode(each.getValue());
            String clean = redaction.clean(text);
            results.put(each.getKey(), clean.length() <= LONGEST_RESULT ? clean : clean.substring(0, LONGEST_RESULT));
        });
        return results;
    }
}
