package io.signalbox.gate.walk;

import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Instruction;
import io.signalbox.bus.Kind;
import java.util.Optional;

/**
 * What a gate that nothing disturbs makes of a command: its state, and the code of a refusal.
 *
 * @param code empty for any state but {@code Refused}
 */
record Forecast(Kind state, String code) {
    static final Forecast ANSWERED = new Forecast(Kind.ANSWERED, "");

    static Forecast no(String code) {
        return new Forecast(Kind.REFUSED, code);
    }

    static Forecast of(Story story) {
        return new Forecast(story.state(), story.last() instanceof Event.Refused refused ? refused.code() : "");
    }

    /** Of what starts a run. */
    static Forecast ofRun(Model model, String person, Instruction said) {
        Optional<Forecast> hindrance = common(model, person, said.command(), true);
        if (hindrance.isPresent()) {
            return hindrance.get();
        }
        if (Rules.lock(said).filter(model.locks()::containsKey).isPresent()) {
            return no("lock");
        }
        if (!Rules.needsYes(said)) {
            return new Forecast(Kind.ADMITTED, "");
        }
        boolean somebody = model.holders(Rules.DEPLOYER).stream().anyMatch(other -> !other.equals(person));
        return somebody ? new Forecast(Kind.APPROVAL_REQUESTED, "") : no("approval");
    }

    /** Of a word about the bot, if it is not even looked at. */
    static Optional<Forecast> common(Model model, String person, String command, boolean recorded) {
        if (!model.holds(person, Rules.roles(command))) {
            return Optional.of(no("role"));
        }
        return recorded && !model.isRecording() ? Optional.of(no("audit")) : Optional.empty();
    }

    /** Of {@code approve} and {@code deny}; a digest that is empty names no plan. */
    static Forecast ofDecision(Model model, String person, String command, CommandId target, String digest) {
        Optional<Forecast> hindrance = common(model, person, command, command.equals("approve"));
        if (hindrance.isPresent()) {
            return hindrance.get();
        }
        Optional<Story> asked = model.find(target)
                .filter(story -> story.last(Event.ApprovalRequested.class).isPresent());
        if (asked.isEmpty()) {
            return no("unknown");
        }
        Story story = asked.get();
        boolean waits = story.state() == Kind.APPROVAL_REQUESTED || story.state() == Kind.APPROVAL_GIVEN;
        if (!waits) {
            return no("state");
        }
        boolean own = story.requested().by().id().equals(person);
        if (own && command.equals("deny")) {
            return ANSWERED;
        }
        if (own) {
            return no("own");
        }
        if (!model.mayAgree(story, person)) {
            return no("approver");
        }
        return Model.request(story).plan().digest().startsWith(digest) ? ANSWERED : no("digest");
    }

    /** Of a command that was just approved; {@code digest} is what its plan comes to now. */
    static Forecast ofApproved(Model model, Story story, String digest) {
        if (!Model.request(story).plan().digest().equals(digest)) {
            return new Forecast(Kind.VOIDED, "");
        }
        if (!model.holds(story.requested().by().id(), Rules.roles(Rules.DEPLOY))) {
            return no("role");
        }
        boolean free = Rules.lock(story.instruction())
                .filter(model.locks()::containsKey)
                .isEmpty();
        return free ? new Forecast(Kind.ADMITTED, "") : no("lock");
    }

    static Forecast ofGrant(Model model, String by, String person, String role) {
        return common(model, by, "grant", true)
                .orElseGet(() -> model.since(person, role).isPresent() ? no("held") : ANSWERED);
    }

    static Forecast ofRevoke(Model model, String by, String person, String role) {
        return common(model, by, "revoke", true).orElseGet(() -> {
            if (model.since(person, role).isEmpty()) {
                return no("not-held");
            }
            boolean last = role.equals(Rules.ADMIN) && model.holders(role).size() == 1;
            return last ? no("last-admin") : ANSWERED;
        });
    }

    static Forecast ofUnlock(Model model, String by, String lock) {
        return common(model, by, "unlock", true).orElseGet(() -> {
            CommandId holder = model.locks().get(lock);
            if (holder == null) {
                return no("lock");
            }
            return model.story(holder).state().isTerminal() ? ANSWERED : no("running");
        });
    }
}
