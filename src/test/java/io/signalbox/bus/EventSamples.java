package io.signalbox.bus;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** One event of each type, with every component filled; and one more where a component may be missing. */
public final class EventSamples {
    private static final Instant AT = Instant.parse("2026-11-21T10:15:30.123Z");
    private static final Person ANNA = new Person("play:anna", "anna");
    private static final Person CARLA = new Person("play:carla", "carla");

    private EventSamples() {}

    public static List<Event> complete() {
        return complete(new CommandId("k7m2pq"));
    }

    public static List<Event> complete(CommandId id) {
        return List.of(
                requested(id),
                new Event.Misunderstood(id, AT, "there is no command 'depoly'", List.of("deploy backend staging")),
                understood(id),
                new Event.Scheduled(id, AT, AT.plusSeconds(7200)),
                new Event.Queued(id, AT, "backend/production", 2, AT.plusSeconds(14_400)),
                new Event.ApprovalRequested(
                        id, AT, plan(), "deployer", 2, List.of("play:bert", "play:carla"), AT.plusSeconds(300)),
                new Event.ApprovalGiven(id, AT, CARLA, plan().digest()),
                new Event.GlassBroken(id, AT, CARLA, plan().digest(), "production is down"),
                new Event.Denied(id, AT, CARLA, "not on a Friday"),
                new Event.Withdrawn(id, AT, ANNA),
                new Event.Expired(id, AT),
                new Event.Voided(id, AT, "main moved on"),
                new Event.Admitted(id, AT, plan(), "backend/production"),
                new Event.Refused(id, AT, "role", "anna is no deployer", List.of("an admin can grant the role")),
                new Event.Answered(id, AT, "pong — 100 % \"quoted\"\nsecond line"),
                new Event.Dispatched(
                        id,
                        AT,
                        List.of("ansible-playbook", "backend_deploy.yml"),
                        "runs/k7m2pq",
                        new Home("1f0c2f4e-0000-4000-8000-000000000002", "deploy1")),
                new Event.Started(id, AT, 4711, 123_456_789_012L, "9f7b1a52-0000-4000-8000-000000000001"),
                new Event.Finished(
                        id,
                        AT,
                        Outcome.FAILED,
                        2,
                        "a task failed",
                        sorted(Map.of("version", "1.4.2", "address", "http://127.20.1.4:8080/")),
                        new Failure("Start the service", List.of("backend-2"), List.of("port 8080 is in use"))));
    }

    /** Where a component may be missing. */
    public static List<Event> sparse() {
        var id = new CommandId("abc234");
        return List.of(
                new Event.Requested(id, AT, ANNA, new Room("play:ops"), "m-17", "ping"),
                new Event.Understood(id, AT, new Instruction("ping", "ping", Map.of())),
                new Event.Denied(id, AT, CARLA, null),
                new Event.Admitted(id, AT, null, null),
                new Event.Dispatched(id, AT, List.of("true"), "runs/abc234", null),
                new Event.Finished(id, AT, Outcome.LOST, null, "nobody knows", sorted(Map.of()), null),
                new Event.Finished(
                        id,
                        AT,
                        Outcome.NOT_STARTED,
                        null,
                        "no record in time",
                        sorted(Map.of()),
                        new Failure(null, List.of(), List.of())));
    }

    public static Event.Requested requested(CommandId id) {
        return new Event.Requested(
                id, AT, ANNA, new Room("play:ops"), "m-17", "deploy backend production", new CommandId("abc234"));
    }

    public static Event.Understood understood(CommandId id) {
        return new Event.Understood(
                id,
                AT,
                new Instruction(
                        "backend.deploy",
                        "deploy backend/main to production",
                        Map.of("environment", "production"),
                        new Manner(true, AT.plusSeconds(7200))));
    }

    private static final Instruction END =
            new Instruction("backend.terminate", "terminate backend production/i-0", Map.of("hosts", "i-0"));

    private static Plan plan() {
        return new Plan(
                "a".repeat(64),
                "b".repeat(64),
                sorted(Map.of("ref", "c".repeat(40))),
                sorted(Map.of("ref", "file:///srv/git/backend.git")),
                "{\"live\":[\"i-1\"]}",
                List.of("terminates i-0 in two hours"),
                List.of("backend main (ccccccc) to production"),
                new Outlook(
                        List.of(new Outlook.Later(END, Duration.ofHours(2))),
                        List.of(new Instruction("backend.terminate", "terminate", Map.of("hosts", "i-1")))));
    }

    private static SortedMap<String, String> sorted(Map<String, String> map) {
        return new TreeMap<>(map);
    }
}
