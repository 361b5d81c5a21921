package io.signalbox.gate.walk;

import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Kind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Somebody approves or denies what waits or waited: in time or late, own or foreign, again, with a digest or another's. */
record Decide(String person, String command, int newest, Naming naming) implements Step {
    enum Naming {
        BY_ID,
        BY_DIGEST,
        BY_ANOTHER_DIGEST
    }

    private static final String NOBODYS = "zzzzzz";

    static Arbitrary<Step> approval() {
        return Combinators.combine(
                        People.APPROVERS,
                        Arbitraries.of(0, 0, 0, 1, 2),
                        Arbitraries.of(
                                Naming.BY_ID, Naming.BY_ID, Naming.BY_ID, Naming.BY_DIGEST, Naming.BY_ANOTHER_DIGEST))
                .as((person, newest, naming) -> new Decide(person, "approve", newest, naming));
    }

    /** To what is asked about last. */
    static Step yes(String person) {
        return new Decide(person, "approve", 0, Naming.BY_ID);
    }

    static Arbitrary<Step> denial() {
        return Combinators.combine(People.ANY, Arbitraries.of(0, 1))
                .as((person, newest) -> new Decide(person, "deny", newest, Naming.BY_ID));
    }

    @Override
    public Runnable happen(Junction junction) {
        List<Story> asked = junction.asked();
        if (newest >= asked.size()) {
            return decide(junction, new CommandId(NOBODYS), "");
        }
        Story target = asked.get(asked.size() - 1 - newest);
        String digest = Agreement.about(target).digest();
        return decide(
                junction,
                target.id(),
                switch (naming) {
                    case BY_ID -> "";
                    case BY_DIGEST -> digest.substring(0, 8);
                    case BY_ANOTHER_DIGEST ->
                        new StringBuilder(digest.substring(0, 12)).reverse().toString();
                });
    }

    private Runnable decide(Junction junction, CommandId target, String digest) {
        Model model = junction.model();
        Forecast forecast = Decisions.of(model, person, command, target, command.equals("deny") ? "" : digest);
        Map<String, String> arguments = new TreeMap<>(Map.of("id", target.value()));
        if (!digest.isEmpty()) {
            arguments.put("digest", digest);
        }
        Runnable after = forecast.equals(Forecast.ANSWERED) ? after(junction, target) : Step.nothingToSee();
        CommandId word = junction.say(person, command, arguments);
        return () -> {
            junction.expect(word, forecast);
            after.run();
        };
    }

    private Runnable after(Junction junction, CommandId target) {
        Story story = junction.model().story(target);
        Agreement agreement = Agreement.about(story);
        boolean completes = agreement.yeses().size() + 1 >= agreement.request().needed();
        Forecast agreed = completes
                ? Forecast.ofApproved(junction.model(), story, junction.digest(target, story.instruction()), false)
                : Forecast.of(Kind.APPROVAL_GIVEN);
        Forecast forecast = command.equals("deny") ? Forecast.of(Kind.DENIED) : agreed;
        return () -> junction.expect(target, forecast);
    }
}
