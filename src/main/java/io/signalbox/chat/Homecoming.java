package io.signalbox.chat;

import io.signalbox.brain.Brain;
import io.signalbox.brain.Fragment;
import io.signalbox.bus.Room;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells each room in one message what was said there too long ago to be run. */
final class Homecoming {
    private static final Logger LOG = LoggerFactory.getLogger(Homecoming.class);

    private static final Fragment TOLD = Fragment.beside(Homecoming.class, "chat.away-told", "away-told.lua");
    /** A service delivers what waited one after the other: it is told when nothing has followed for this long … */
    private static final Duration QUIET = Duration.ofSeconds(1);
    /** … or when the first has waited for this long. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int SHOWN = 20;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);

    private final Brain brain;
    private final InstantSource clock;
    private final Map<String, Adapter> adapters;
    private final Set<String> speaking = new HashSet<>();

    Homecoming(Brain brain, InstantSource clock, Map<String, Adapter> adapters) {
        this.brain = brain;
        this.clock = clock;
        this.adapters = adapters;
    }

    /** What cannot be told now waits for the next time. */
    void tell() {
        brain.members(Missed.ROOMS)
                .onSuccess(rooms -> rooms.stream()
                        .filter(speaking::add)
                        .forEach(room -> tell(room)
                                .onFailure(failure -> LOG.atDebug()
                                        .addKeyValue("room", room)
                                        .addKeyValue("error", failure.getMessage())
                                        .log("What was missed is not told yet; each sweep tries again"))
                                .onComplete(done -> speaking.remove(room))))
                .onFailure(failure ->
                        LOG.atDebug().addKeyValue("error", failure.getMessage()).log("Sweep put off"));
    }

    private Future<Void> tell(String room) {
        return brain.list(Missed.list(room)).compose(entries -> {
            List<Missed> missed = entries.stream()
                    .map(Missed::read)
                    .sorted(Comparator.comparing(Missed::said).thenComparing(Missed::heard))
                    .toList();
            return missed.isEmpty() || !isComplete(missed)
                    ? Future.succeededFuture()
                    : post(new Room(room), missed).compose(done -> told(room, entries.get(entries.size() - 1)));
        });
    }

    private boolean isComplete(List<Missed> missed) {
        Instant now = clock.instant();
        return missed.stream().allMatch(each -> each.heard().plus(QUIET).isBefore(now))
                || missed.stream().anyMatch(each -> each.heard().plus(PATIENCE).isBefore(now));
    }

    private Future<Void> post(Room room, List<Missed> missed) {
        Adapter adapter = adapters.get(room.service());
        if (adapter == null) {
            LOG.atWarn()
                    .addKeyValue("room", room.id())
                    .log("Its chat service is switched off: not told what was missed");
            return Future.succeededFuture();
        }
        Message message = Message.of("away/" + missed.get(0).message(), room, text(missed))
                .mentioning(missed.stream().map(Missed::by).distinct().toList());
        return adapter.post(message, "").mapEmpty();
    }

    private Future<Void> told(String room, String last) {
        return brain.apply(TOLD, new JsonObject().put("room", room).put("last", last))
                .mapEmpty();
    }

    private static String text(List<Missed> missed) {
        Duration away = missed.stream()
                .map(each -> Duration.between(each.said(), each.heard()))
                .max(Duration::compareTo)
                .orElseThrow();
        int count = missed.size();
        List<String> lines = new ArrayList<>();
        lines.add("away " + SpokenTime.brief(away) + "; " + count
                + (count == 1 ? " command was not run:" : " commands were not run:"));
        missed.stream()
                .limit(SHOWN)
                .forEach(each -> lines.add(
                        "  " + each.name() + ", " + TIME.format(each.said()) + " UTC: `" + each.words() + "`"));
        if (count > SHOWN) {
            lines.add("  and " + (count - SHOWN) + " more, which the audit log has");
        }
        lines.add("What still counts has to be said again.");
        return Wording.text(lines);
    }
}
