package io.signalbox.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.EventJson;
import io.signalbox.bus.EventSamples;
import io.signalbox.bus.Person;
import io.signalbox.bus.Room;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TailLineTest {
    private final TailLine lines = new TailLine();

    @Test
    void sayWhenWhichCommandWhoWhatAndTheEssence() {
        assertThat(EventSamples.complete().stream().map(this::line))
                .containsExactly(
                        "2026-11-21T10:15:30Z k7m2pq anna Requested deploy backend production",
                        "2026-11-21T10:15:30Z k7m2pq anna Misunderstood there is no command 'depoly'",
                        "2026-11-21T10:15:30Z k7m2pq anna Understood deploy backend/main to production",
                        "2026-11-21T10:15:30Z k7m2pq anna Scheduled for 2026-11-21T12:15:30Z",
                        "2026-11-21T10:15:30Z k7m2pq anna Queued lock backend/production, place 2, until"
                                + " 2026-11-21T14:15:30Z",
                        "2026-11-21T10:15:30Z k7m2pq anna ApprovalRequested by 2 others of deployer until"
                                + " 2026-11-21T10:20:30Z, plan aaaaaaaa",
                        "2026-11-21T10:15:30Z k7m2pq carla ApprovalGiven plan aaaaaaaa",
                        "2026-11-21T10:15:30Z k7m2pq carla GlassBroken production is down",
                        "2026-11-21T10:15:30Z k7m2pq carla Denied not on a Friday",
                        "2026-11-21T10:15:30Z k7m2pq anna Withdrawn",
                        "2026-11-21T10:15:30Z k7m2pq anna Expired",
                        "2026-11-21T10:15:30Z k7m2pq anna Voided main moved on",
                        "2026-11-21T10:15:30Z k7m2pq anna Admitted plan aaaaaaaa, lock backend/production",
                        "2026-11-21T10:15:30Z k7m2pq anna Refused role: anna is no deployer",
                        "2026-11-21T10:15:30Z k7m2pq anna Answered pong — 100 % \"quoted\" second line",
                        "2026-11-21T10:15:30Z k7m2pq anna Dispatched ansible-playbook backend_deploy.yml",
                        "2026-11-21T10:15:30Z k7m2pq anna Started process 4711",
                        "2026-11-21T10:15:30Z k7m2pq anna Finished failed (exit 2): a task failed");
    }

    @Test
    void nothingThatPeopleSaidMovesTheTerminal() {
        var id = new CommandId("k7m2pq");
        String line = line(new Event.Requested(
                id,
                Instant.EPOCH,
                new Person("play:anna", "an\u001b[31mna"),
                new Room("play:ops"),
                "m",
                "ping\r\n2026 fake Finished\u001b]0;title\u0007\u202e"));
        assertThat(line).doesNotContainPattern("[\\p{Cc}\\p{Cf}]").hasLineCount(1);
    }

    @Test
    void aLongTextIsCut() {
        assertThat(line(new Event.Answered(new CommandId("k7m2pq"), Instant.EPOCH, "x".repeat(5000))))
                .hasSize(200)
                .endsWith("…");
    }

    private String line(Event event) {
        return lines.of(new Entry(1, "", event, EventJson.write(event).encode(), ""));
    }
}
