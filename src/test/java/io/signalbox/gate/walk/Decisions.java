package io.signalbox.gate.walk;

import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import java.util.Optional;

/** What a gate that nothing disturbs answers to what people say of a command that waits for a yes or for a time. */
final class Decisions {
    private Decisions() {}

    /** Of {@code approve} and {@code deny}; a digest that is empty names no plan. */
    static Forecast of(Model model, String person, String command, CommandId target, String digest) {
        boolean deny = command.equals("deny");
        return Forecast.common(model, person, command, !deny)
                .or(() -> asked(model, target, deny))
                .orElseGet(() -> {
                    Story story = model.story(target);
                    boolean own = story.requested().by().id().equals(person);
                    if (own) {
                        return deny ? Forecast.ANSWERED : Forecast.no("own");
                    }
                    if (!model.consent().mayAgree(story, person)) {
                        return Forecast.no("approver");
                    }
                    if (deny) {
                        return Forecast.ANSWERED;
                    }
                    Agreement agreement = Agreement.about(story);
                    if (agreement.hasSaidYes(person)) {
                        return Forecast.no("twice");
                    }
                    return agreement.digest().startsWith(digest) ? Forecast.ANSWERED : Forecast.no("digest");
                });
    }

    static Forecast ofBreakingGlass(Model model, String person, CommandId target, String reason) {
        return Forecast.common(model, person, "break-glass", true)
                .or(() -> Words.isReason(reason) ? Optional.empty() : Optional.of(Forecast.no("reason")))
                .or(() -> asked(model, target, false))
                .orElse(Forecast.ANSWERED);
    }

    /** Who asked for it, or an admin, gives it another time. */
    static Forecast ofMoving(Model model, String person, Story target) {
        boolean may = target.requested().by().id().equals(person)
                || model.since(person, Rules.ADMIN).isPresent();
        return Forecast.common(model, person, "move", true)
                .orElseGet(() -> may ? Forecast.ANSWERED : Forecast.no("role"));
    }

    /** Empty where people can still say yes or no to it; once enough have agreed only who says no finds it waiting. */
    private static Optional<Forecast> asked(Model model, CommandId target, boolean deny) {
        Optional<Story> story =
                model.find(target).filter(found -> Agreement.of(found).isPresent());
        if (story.isEmpty()) {
            return Optional.of(Forecast.no("unknown"));
        }
        boolean open = deny ? Agreement.isOpen(story.get()) : Agreement.isWanted(story.get());
        return open ? Optional.empty() : Optional.of(Forecast.no("state"));
    }
}
