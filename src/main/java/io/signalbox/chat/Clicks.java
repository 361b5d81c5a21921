package io.signalbox.chat;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.CommitResult;
import io.signalbox.brain.Fragment;
import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Kind;
import io.signalbox.notation.PlainText;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/**
 * A button under the result of a command is for once: two people who click it, or one who clicks twice, want one thing.
 * It may be clicked again where the command that it became did nothing. Other buttons may be clicked by many, and who asked
 * for an approval sees to it that it counts once.
 */
final class Clicks {
    private static final Fragment FIRST = Fragment.beside(Clicks.class, "chat.clicked", "clicked.lua");
    /** The ends of commands that have done nothing. */
    private static final Set<Kind> NOTHING_DONE =
            Set.of(Kind.MISUNDERSTOOD, Kind.REFUSED, Kind.DENIED, Kind.WITHDRAWN, Kind.EXPIRED, Kind.VOIDED);

    private final Brain brain;
    private final Heard heard;

    Clicks(Brain brain, Heard heard) {
        this.brain = brain;
        this.heard = heard;
    }

    Future<CommitResult> take(Said said, Said.Click click, String words) {
        return Wording.resultOf(click.under())
                .map(result -> once(said, result, words))
                .orElseGet(() -> heard.once(said, words, Commit::of));
    }

    private Future<CommitResult> once(Said said, CommandId result, String words) {
        return heard.once(said, words, request -> Commit.of(request).with(first(result, request)))
                .compose(outcome -> {
                    if (!(outcome instanceof CommitResult.Declined declined)) {
                        return Future.succeededFuture(outcome);
                    }
                    return switch (declined.code()) {
                        case "clicked" ->
                            already(new CommandId(declined.detail()), words)
                                    .compose(reason -> refuse(said, words, reason));
                        case "forgotten" ->
                            refuse(
                                    said,
                                    words,
                                    "The command " + result + ", whose result this button stands under, is so old that"
                                            + " it is forgotten.");
                        default -> Future.succeededFuture(outcome);
                    };
                });
    }

    private static Commit.Part first(CommandId result, Event.Requested request) {
        return new Commit.Part(
                FIRST,
                new JsonObject()
                        .put("result", result.value())
                        .put("mark", "clicked " + request.text())
                        .put("command", request.id().value())
                        .put(
                                "again",
                                new JsonArray(NOTHING_DONE.stream()
                                        .map(Kind::title)
                                        .sorted()
                                        .toList())));
    }

    private Future<String> already(CommandId id, String words) {
        return brain.story(id).map(found -> {
            String by =
                    found.map(story -> " by " + story.requested().by().name()).orElse("");
            return "`" + PlainText.line(words) + "` was clicked already" + by + ": " + id + " "
                    + found.map(Clicks::became).orElse("is over") + ".";
        });
    }

    private static String became(Story story) {
        return switch (story.state()) {
            case REQUESTED, UNDERSTOOD -> "is being looked at";
            case SCHEDULED -> "waits for its time";
            case QUEUED -> "waits in the queue";
            case APPROVAL_REQUESTED -> "waits for approval";
            case APPROVAL_GIVEN, GLASS_BROKEN -> "was approved and is about to begin";
            case ADMITTED, DISPATCHED -> "is about to begin";
            case STARTED -> "is running";
            case ANSWERED -> "was answered";
            case FINISHED ->
                "is over: "
                        + story.last(Event.Finished.class)
                                .orElseThrow()
                                .outcome()
                                .title();
            case MISUNDERSTOOD, REFUSED, DENIED, WITHDRAWN, EXPIRED, VOIDED -> "came to nothing";
        };
    }

    private Future<CommitResult> refuse(Said said, String words, String reason) {
        return heard.refuse(
                said, words, "clicked", reason, List.of("To do it again, say: signalbox " + PlainText.line(words)));
    }
}
