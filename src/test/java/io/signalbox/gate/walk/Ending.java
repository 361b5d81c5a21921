package io.signalbox.gate.walk;

import io.signalbox.brain.Keys;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Kind;
import io.signalbox.bus.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Everything that was begun can be brought to an end, by words and by what ends of itself, and nothing is left behind. */
final class Ending {
    private final Junction junction;
    private final Model model;

    Ending(Junction junction) {
        this.junction = junction;
        model = junction.model();
    }

    void come() {
        junction.cable.losesNothing();
        junction.records(true);
        junction.settle();
        while (model.isUnsure()) {
            junction.pass(Duration.ofMinutes(1));
            junction.settle();
        }
        giveUpWhatPeopleKeep();
        runAll();
        for (Optional<Instant> next = next(); next.isPresent(); next = next()) {
            junction.passTo(next.get().plusMillis(1));
            runAll();
        }
        requireNothingIsLeft();
        requireRolesAreSo();
    }

    private void giveUpWhatPeopleKeep() {
        String admin = admin();
        for (Map.Entry<String, Kept> freeze : Map.copyOf(model.freezes()).entrySet()) {
            if (!freeze.getValue().isOver(junction.now())) {
                succeed(admin, "thaw", Map.of("scope", freeze.getKey()));
            }
        }
        for (Map.Entry<String, Kept> hold : Map.copyOf(model.holds()).entrySet()) {
            String keeper = hold.getValue().by();
            if (!hold.getValue().isOver(junction.now())) {
                if (!model.holds(keeper, Rules.roles("unlock"))) {
                    succeed(admin, "grant", Map.of("person", keeper, "role", Rules.DEPLOYER));
                }
                succeed(keeper, "unlock", Map.of("lock", hold.getKey()));
            }
        }
    }

    /** Where nothing keeps them out, those who wait for locks get them one after the other. */
    private void runAll() {
        junction.settle();
        int most = model.stories().size();
        for (int round = 0; !busy().isEmpty(); round++) {
            Promises.ENDS.demand(round <= most, "nothing is in the way of", busy() + "");
            junction.those(story -> story.state() == Kind.ADMITTED)
                    .forEach(run -> junction.finish(run, Outcome.SUCCEEDED));
            junction.settle();
            for (Map.Entry<String, CommandId> lost : Map.copyOf(model.locks()).entrySet()) {
                if (model.story(lost.getValue()).state().isTerminal()) {
                    succeed(admin(), "unlock", Map.of("lock", lost.getKey()));
                }
            }
        }
    }

    private List<Story> busy() {
        return junction.those(story -> story.state() == Kind.ADMITTED
                || story.state() == Kind.QUEUED
                || model.locks().containsValue(story.id()));
    }

    /** When the next of those that wait for a time, or for people who say nothing, goes on. */
    private Optional<Instant> next() {
        return junction.those(story -> !story.state().isTerminal()).stream()
                .map(story -> story.state() == Kind.SCHEDULED ? Deadlines.due(story) : Deadlines.ofWaiting(story))
                .min(Comparator.naturalOrder());
    }

    private String admin() {
        return model.holders(Rules.ADMIN).iterator().next();
    }

    private void succeed(String person, String command, Map<String, String> arguments) {
        CommandId word = junction.say(person, command, arguments);
        junction.settle();
        junction.expect(word, Forecast.ANSWERED);
    }

    private void requireNothingIsLeft() {
        List<Story> living = junction.those(story -> !story.state().isTerminal());
        Promises.ENDS.demand(living.isEmpty(), "still alive:", living + "");
        String left = junction.rig.redis.tell("KEYS", "sb:in:*");
        Promises.ENDS.demand(left.isEmpty(), "the brain still has", left);
        String newest = junction.rig.redis.tell("GET", Keys.SEQUENCE);
        Promises.NUMBERED.demand(newest.equals(model.number() == 0 ? "" : model.number() + ""), "the end is missing");
    }

    private void requireRolesAreSo() {
        model.roles().forEach((role, since) -> {
            Map<String, String> millis = new TreeMap<>();
            since.forEach((person, at) -> millis.put(person, at.toEpochMilli() + ""));
            Map<String, String> held = Rig.insist(() -> junction.rig.brain.hash(Keys.role(role)));
            Promises.AUTHORISED.demand(held.equals(millis), role, "is held by", held + ", not", millis + "");
        });
    }
}
