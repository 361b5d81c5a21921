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
    static final Forecast ANSWERED = of(Kind.ANSWERED);

    static Forecast of(Kind state) {
        return new Forecast(state, "");
    }

    static Forecast no(String code) {
        return new Forecast(Kind.REFUSED, code);
    }

    static Forecast of(Story story) {
        return new Forecast(story.state(), story.last() instanceof Event.Refused refused ? refused.code() : "");
    }

    /** Of what starts a run. */
    static Forecast ofRun(Model model, String person, Instruction said) {
        boolean later = said.manner().due() != null;
        boolean room = later || model.hasPlace();
        Optional<Forecast> hindrance = common(model, person, said.command(), room);
        if (hindrance.isPresent() || later) {
            return hindrance.orElse(of(Kind.SCHEDULED));
        }
        if (!room) {
            return no("limit");
        }
        Optional<Forecast> blocked = blocked(model, person, said, Optional.empty());
        if (blocked.isPresent()) {
            return blocked.get();
        }
        int needed = Rules.needed(said);
        if (needed == 0) {
            return of(Kind.ADMITTED);
        }
        long others = model.holders(Rules.DEPLOYER).stream()
                .filter(other -> !other.equals(person))
                .count();
        return others >= needed ? of(Kind.APPROVAL_REQUESTED) : no("approval");
    }

    /** Of what may begin but for a freeze and its lock. */
    private static Optional<Forecast> blocked(
            Model model, String person, Instruction said, Optional<CommandId> command) {
        boolean frozen = Rules.scopes(said).stream()
                .anyMatch(scope -> model.standing(model.freezes(), scope).isPresent());
        return frozen
                ? Optional.of(no("freeze"))
                : Turn.hindrance(model, person, said, command)
                        .map(code -> said.manner().waits() ? of(Kind.QUEUED) : no(code));
    }

    /** Of anything, if it is not even looked at. */
    static Optional<Forecast> common(Model model, String person, String command, boolean recorded) {
        if (!model.holds(person, Rules.roles(command))) {
            return Optional.of(no("role"));
        }
        return recorded && !model.isRecording() ? Optional.of(no("audit")) : Optional.empty();
    }

    /** Of a command that was just agreed to; {@code digest} is what its plan comes to now. */
    static Forecast ofApproved(Model model, Story story, String digest, boolean glass) {
        Agreement agreement = Agreement.about(story);
        String person = story.requested().by().id();
        if (!model.hasPlace()) {
            return of(glass ? Kind.GLASS_BROKEN : Kind.APPROVAL_GIVEN);
        }
        if (!agreement.digest().equals(digest)) {
            return of(Kind.VOIDED);
        }
        if (!glass
                && !agreement.yeses().stream()
                        .allMatch(
                                yes -> model.consent().mayAgree(story, yes.by().id()))) {
            return no("approver");
        }
        if (!model.holds(person, Rules.roles(story.instruction().command()))) {
            return no("role");
        }
        return blocked(model, person, story.instruction(), Optional.of(story.id()))
                .orElseGet(() -> of(Kind.ADMITTED));
    }
}
