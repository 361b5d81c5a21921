package io.signalbox.run;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.Fragment;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Instruction;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Manner;
import io.signalbox.bus.Outlook;
import io.signalbox.bus.Plan;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a run's plan announced for after its good end. It is requested in the commit of that end, so it comes exactly once;
 * what the run averts is marked there, for the gate to end.
 */
final class Aftermath {
    private static final Fragment AVERT = Fragment.beside(Aftermath.class, "run.avert", "avert.lua");

    private final Brain brain;

    Aftermath(Brain brain) {
        this.brain = brain;
    }

    /** {@code ending}, the commit that ends this run well, with all that follows. */
    Future<Commit> in(Commit ending, Story story, Instant end) {
        Outlook outlook = story.last(Event.Admitted.class)
                .map(Event.Admitted::plan)
                .map(Plan::outlook)
                .orElse(Outlook.NONE);
        Commit commit = ending;
        for (Outlook.Later later : outlook.later()) {
            commit = announced(commit, story, later, end);
        }
        return outlook.averts().isEmpty() ? Future.succeededFuture(commit) : averting(commit, story, outlook.averts());
    }

    private static Commit announced(Commit commit, Story story, Outlook.Later later, Instant end) {
        CommandId id = CommandId.fresh();
        Instruction what = later.instruction();
        Event.Requested cause = story.requested();
        Manner manner = new Manner(true, end.plus(later.after()));
        return commit.and(new Event.Requested(
                        id, end, cause.by(), cause.room(), "after:" + story.id(), what.canonical(), story.id()))
                .and(new Event.Understood(
                        id, end, new Instruction(what.command(), what.canonical(), what.arguments(), manner)));
    }

    private Future<Commit> averting(Commit commit, Story story, List<Instruction> averts) {
        return Future.all(brain.in(Kind.UNDERSTOOD), brain.in(Kind.SCHEDULED))
                .compose(both -> brain.stories(both.<Collection<CommandId>>list().stream()
                        .flatMap(Collection::stream)
                        .toList()))
                .map(waiting -> {
                    Commit marking = commit;
                    for (Story each : waiting) {
                        boolean averted = each.requested().because() != null
                                && averts.stream().anyMatch(what -> concerns(what, each.instruction()));
                        marking = averted ? marking.with(mark(each, story)) : marking;
                    }
                    return marking;
                });
    }

    /** Lists that share one member are about the same. */
    private static boolean concerns(Instruction averts, Instruction announced) {
        return averts.command().equals(announced.command())
                && averts.arguments().entrySet().stream()
                        .allMatch(argument -> Optional.ofNullable(
                                        announced.arguments().get(argument.getKey()))
                                .filter(value -> share(value, argument.getValue()))
                                .isPresent());
    }

    private static boolean share(String one, String other) {
        Set<String> common = new HashSet<>(Arrays.asList(one.split(",", -1)));
        common.retainAll(Arrays.asList(other.split(",", -1)));
        return !common.isEmpty();
    }

    private static Commit.Part mark(Story announced, Story by) {
        String reason = "`" + by.instruction().canonical() + "` (" + by.id() + ") has changed what it was about.";
        return new Commit.Part(
                AVERT, new JsonObject().put("command", announced.id().value()).put("reason", reason));
    }
}
