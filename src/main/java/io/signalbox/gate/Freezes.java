package io.signalbox.gate;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Commit;
import io.signalbox.brain.Fragment;
import io.signalbox.brain.Freeze;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.FreezeWindow;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Times in which nothing new begins: those that a person began, and the weekly ones of the catalog. */
final class Freezes {
    private static final Fragment FROZEN = Fragment.beside(Freezes.class, "gate.frozen", "frozen.lua");
    private static final Fragment FREEZE = Fragment.beside(Freezes.class, "gate.freeze", "freeze.lua");
    private static final String ENVIRONMENT = "environment";

    private final Brain brain;
    private final InstantSource clock;
    private final Supplier<Catalog> catalog;

    Freezes(Brain brain, InstantSource clock, Supplier<Catalog> catalog) {
        this.brain = brain;
        this.clock = clock;
        this.catalog = catalog;
    }

    /** Whether no freeze keeps this command from beginning now. */
    Future<Verdict> allow(Asked asked) {
        if (!asked.spec().isFreezable()) {
            return Future.succeededFuture(Verdict.allowed());
        }
        Instant now = clock.instant();
        List<String> scopes = scopes(asked);
        return standing()
                .map(all -> Stream.concat(
                                all.stream()
                                        .filter(freeze -> scopes.contains(freeze.scope()))
                                        .map(this::shown),
                                windows(asked).flatMap(window -> shown(window, now).stream()))
                        .findFirst()
                        .<Verdict>map(Freezes::refused)
                        .orElseGet(Verdict::allowed));
    }

    private static Verdict.Refused refused(String what) {
        return new Verdict.Refused(
                "freeze",
                what + ".",
                "Say it again when that is over; `freezes` lists what is frozen.",
                "Whoever froze it, and an admin, can `thaw` it.");
    }

    /** Why a commit was declined for a freeze. */
    Future<Verdict.Refused> refusal(Asked asked) {
        return allow(asked)
                .map(verdict -> verdict instanceof Verdict.Refused refused
                        ? refused
                        : new Verdict.Refused("freeze", "This was frozen until just now.", "Say it again."));
    }

    /** This commit with the freezes checked in it, where they concern the command. */
    Commit demand(Commit commit, Asked asked) {
        if (!asked.spec().isFreezable()) {
            return commit;
        }
        Instant now = clock.instant();
        JsonObject arguments = new JsonObject().put("scopes", new JsonArray(scopes(asked)));
        windows(asked)
                .map(window -> window.end(now).isPresent() ? now : window.begin(now))
                .min(Comparator.naturalOrder())
                .ifPresent(closes -> arguments.put("closes", closes.toEpochMilli()));
        return commit.with(FROZEN, arguments);
    }

    private static List<String> scopes(Asked asked) {
        List<String> scopes = new ArrayList<>(List.of(Freeze.EVERYTHING));
        asked.argument(ENVIRONMENT).ifPresent(scopes::add);
        return scopes;
    }

    private Stream<FreezeWindow> windows(Asked asked) {
        return catalog.get().freezes().stream().filter(window -> window.concerns(asked.argument(ENVIRONMENT)));
    }

    /** The freezes of people that stand now, by scope. */
    Future<List<Freeze>> standing() {
        Instant now = clock.instant();
        return brain.freezes()
                .map(all -> all.stream()
                        .filter(freeze -> !freeze.isOver(now))
                        .sorted(Comparator.comparing(Freeze::scope))
                        .toList());
    }

    String shown(Freeze freeze) {
        Instant now = clock.instant();
        return freeze.shown(
                Times.shown(freeze.since(), now), freeze.until().map(end -> "until " + Times.shown(end, now)));
    }

    /** The window that stands now, for people; empty where it does not. */
    private static Optional<String> shown(FreezeWindow window, Instant now) {
        return window.end(now).map(end -> window.shown("now until " + Times.shown(end, now)));
    }

    /** What the catalog freezes each week, for people. */
    List<String> weekly() {
        Instant now = clock.instant();
        return catalog.get().freezes().stream()
                .map(window -> shown(window, now)
                        .orElseGet(() -> window.shown("next at " + Times.shown(window.begin(now), now))))
                .toList();
    }

    /** Declined as {@code changed} where something else is frozen there by now, or nothing any more. */
    static Commit.Part put(Freeze freeze, Optional<Freeze> before) {
        return new Commit.Part(
                FREEZE,
                arguments(freeze.scope(), before).put("freeze", freeze.json().encode()));
    }

    static Commit.Part thaw(Freeze before) {
        return new Commit.Part(FREEZE, arguments(before.scope(), Optional.of(before)));
    }

    private static JsonObject arguments(String scope, Optional<Freeze> before) {
        JsonObject json = new JsonObject().put("scope", scope);
        before.ifPresent(freeze -> json.put("from", freeze.command().value()));
        return json;
    }
}
