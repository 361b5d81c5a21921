package io.signalbox.gate;

import io.signalbox.brain.CommitResult;
import io.signalbox.brain.Freeze;
import io.signalbox.catalog.ArgumentType;
import io.signalbox.catalog.Catalog;
import io.signalbox.notation.Nearest;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** {@code freeze}, {@code thaw} and {@code freezes}. */
final class FreezeWords {
    private static final String THAW = "thaw";

    private final InstantSource clock;
    private final ZoneId zone;
    private final Supplier<Catalog> catalog;
    private final Freezes freezes;

    FreezeWords(InstantSource clock, Supplier<Catalog> catalog, Freezes freezes, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
        this.catalog = catalog;
        this.freezes = freezes;
    }

    Future<Reply> freeze(Asked word) {
        Instant now = clock.instant();
        return scope(
                word,
                scope -> found(scope).compose(before -> {
                    if (before.isPresent() && !before.get().by().is(word.by())) {
                        return Reply.no(
                                "freeze",
                                freezes.shown(before.get()) + ".",
                                "`thaw " + scope
                                        + "` ends that; whoever froze it can say `freeze` again to change it.");
                    }
                    Freeze freeze = new Freeze(
                            scope,
                            word.id(),
                            word.by(),
                            now,
                            Ends.of(word, now, zone),
                            word.argument("reason").orElse(""));
                    return Future.succeededFuture(Reply.say("Frozen: " + freezes.shown(freeze)
                                    + ". What is under way goes on; nothing new begins.")
                            .with(Freezes.put(freeze, before))
                            .orElse(declined -> changed(declined, scope)));
                }));
    }

    Future<Reply> thaw(Asked word) {
        return scope(
                word,
                scope -> found(scope).compose(found -> {
                    if (found.isEmpty()) {
                        return Reply.no(
                                "freeze", scope + " is not frozen by anybody.", "`freezes` lists what is frozen.");
                    }
                    Freeze freeze = found.get();
                    Reply.Yes yes = Reply.say("Thawed: " + scope + ". It was frozen by "
                                    + freeze.by().name() + ": " + freeze.reason() + ".")
                            .with(Freezes.thaw(freeze))
                            .orElse(declined ->
                                    declined.code().equals(THAW) ? notAllowed(freeze) : changed(declined, scope));
                    return Future.succeededFuture(
                            freeze.by().is(word.by())
                                    ? yes
                                    : yes.with(
                                            Roles.held(new Roles.Need(word.by(), Set.of(Policy.ADMIN), THAW, null))));
                }));
    }

    private Future<Verdict.Refused> notAllowed(Freeze freeze) {
        return Future.succeededFuture(new Verdict.Refused(
                "role", freezes.shown(freeze) + ".", freeze.by().name() + " can thaw it, and an admin."));
    }

    private static Future<Verdict.Refused> changed(CommitResult.Declined declined, String scope) {
        return declined.code().equals("changed")
                ? Future.succeededFuture(new Verdict.Refused(
                        "freeze", "Somebody else froze or thawed " + scope + " just now.", "`freezes` says how it is."))
                : Future.failedFuture(new IllegalStateException("a freeze was declined as " + declined.code()));
    }

    Future<Reply> list(Asked word) {
        return freezes.standing().map(standing -> {
            List<String> lines =
                    new ArrayList<>(standing.stream().map(freezes::shown).toList());
            lines.addAll(freezes.weekly());
            return Reply.say(lines.isEmpty() ? "Nothing is frozen." : String.join("\n", lines));
        });
    }

    private Future<Optional<Freeze>> found(String scope) {
        return freezes.standing()
                .map(all -> all.stream()
                        .filter(freeze -> freeze.scope().equals(scope))
                        .findFirst());
    }

    /** An environment of the catalog, or everything: a freeze of a name that nothing has would keep nobody out. */
    private Future<Reply> scope(Asked word, Function<String, Future<Reply>> then) {
        String said = word.argument("scope").orElse("");
        List<String> known =
                new ArrayList<>(Optional.ofNullable(catalog.get().arguments().get("environment"))
                        .map(ArgumentType::values)
                        .orElse(List.of()));
        known.add(Freeze.EVERYTHING);
        return known.stream()
                .filter(said::equalsIgnoreCase)
                .findFirst()
                .map(then)
                .orElseGet(() -> Reply.no(
                        "freeze",
                        "There is no environment '" + said + "'"
                                + Nearest.to(said, known)
                                        .map(near -> "; did you mean '" + near + "'?")
                                        .orElse("."),
                        "There are " + String.join(", ", known) + "."));
    }
}
