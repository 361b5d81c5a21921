package io.signalbox.gate.walk;

import io.signalbox.brain.Story;
import io.signalbox.bus.Event;
import io.signalbox.bus.Person;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What others say to a command: who may, until when, and what it is good for. */
final class Consent {
    private final Model model;

    Consent(Model model) {
        this.model = model;
    }

    void given(Story was, Event.ApprovalGiven event) {
        Promises.KEPT.demand(isSaid("approve", was, event.by()), "nobody said so:", event + "");
        Agreement agreement = Agreement.about(was);
        String person = event.by().id();
        Promises.APPROVED.demand(mayAgree(was, person), person, "may not:", was + "");
        Promises.APPROVED.demand(!agreement.isComplete(), "enough have agreed:", was + "");
        Promises.APPROVED.demand(!agreement.hasSaidYes(person), person, "agreed twice:", was + "");
        inTime(agreement, event, event.digest());
    }

    void broken(Story was, Event.GlassBroken event) {
        Promises.KEPT.demand(isSaid("break-glass", was, event.by()), "nobody said so:", event + "");
        Agreement agreement = Agreement.about(was);
        Promises.AUTHORISED.demand(
                model.holds(event.by().id(), Set.of(Rules.ONCALL)), event.by() + " may not:", event + "");
        Promises.APPROVED.demand(!agreement.isComplete(), "enough have agreed:", was + "");
        Promises.KEPT.demand(Words.isReason(event.reason()), "no reason:", event + "");
        inTime(agreement, event, event.digest());
    }

    private static void inTime(Agreement agreement, Event event, String digest) {
        Promises.APPROVED.demand(!event.at().isAfter(agreement.deadline()), "too late:", event + "");
        Promises.APPROVED.demand(digest.equals(agreement.digest()), "to another plan:", event + "");
    }

    void denied(Story was, Event.Denied event) {
        Promises.KEPT.demand(isSaid("deny", was, event.by()), "nobody said so:", event + "");
        Promises.AUTHORISED.demand(
                was.requested().by().is(event.by()) || mayAgree(was, event.by().id()),
                event.by() + " may not deny:",
                was + "");
    }

    private boolean isSaid(String name, Story was, Person by) {
        return model.word(name, was.id())
                .filter(word -> word.requested().by().is(by))
                .isPresent();
    }

    /** It is admitted: as many as it needs have agreed to just this, or the glass was broken for just this. */
    void used(Story was, Event.Admitted event) {
        int needed = Rules.needed(was.instruction());
        if (needed == 0) {
            return;
        }
        Optional<Agreement> asked = Agreement.of(was);
        Promises.APPROVED.demand(asked.isPresent(), "nobody was asked:", was + "");
        Agreement agreement = asked.orElseThrow();
        if (agreement.glass().isPresent()) {
            String by = agreement.glass().get().by().id();
            Promises.AUTHORISED.demand(
                    model.holds(by, Set.of(Rules.ONCALL)), by, "may break no glass any more:", was + "");
        } else {
            Set<String> persons = agreement.yeses().stream()
                    .map(yes -> yes.by().id())
                    .filter(person -> mayAgree(was, person))
                    .collect(Collectors.toSet());
            Promises.APPROVED.demand(persons.size() >= needed, persons + " are not enough:", was + "");
        }
        String digest = Objects.requireNonNull(event.plan()).digest();
        Promises.APPROVED.demand(agreement.digest().equals(digest), "another plan:", was + "");
        Promises.APPROVED.demand(!event.at().isAfter(agreement.until()), "that is too long ago:", was + "");
    }

    /** Another person, who is a deployer and was one when it was asked for. */
    boolean mayAgree(Story story, String person) {
        return !story.requested().by().id().equals(person)
                && model.since(person, Rules.DEPLOYER)
                        .filter(at -> !at.isAfter(story.requested().at()))
                        .isPresent();
    }
}
