package io.signalbox.gate.walk;

import io.signalbox.brain.Story;
import io.signalbox.bus.Instruction;
import java.time.Instant;
import java.util.Optional;

/** What a gate that nothing disturbs will take further. */
final class Restless {
    private final Model model;

    Restless(Model model) {
        this.model = model;
    }

    boolean is(Story story, Instant now) {
        return switch (story.state()) {
            case REQUESTED, UNDERSTOOD -> true;
            case SCHEDULED -> !now.isBefore(Deadlines.due(story));
            case APPROVAL_REQUESTED, APPROVAL_GIVEN, GLASS_BROKEN ->
                now.isAfter(Deadlines.ofWaiting(story))
                        || (Agreement.about(story).isComplete() && goOn());
            case QUEUED -> now.isAfter(Line.until(story)) || inLine(story);
            default -> false;
        };
    }

    /** Its turn has come, or its place is another one. */
    private boolean inLine(Story story) {
        if (model.isUnsure()) {
            return false;
        }
        String person = story.requested().by().id();
        if (Turn.hindrance(model, person, story.instruction(), Optional.of(story.id()))
                .isPresent()) {
            return model.line().place(story) != Line.said(story).place();
        }
        boolean agreed = Agreement.of(story).filter(Agreement::isComplete).isPresent();
        return goOn() || (!agreed && !mayStill(person, story.instruction()));
    }

    private boolean goOn() {
        return model.isRecording() && model.hasPlace();
    }

    private boolean mayStill(String person, Instruction said) {
        return model.holds(person, Rules.roles(said.command()));
    }
}
