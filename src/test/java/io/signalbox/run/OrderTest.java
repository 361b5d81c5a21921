package io.signalbox.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.brain.Story;
import io.signalbox.bus.CommandId;
import io.signalbox.bus.Event;
import io.signalbox.bus.Instruction;
import io.signalbox.bus.Person;
import io.signalbox.bus.Plan;
import io.signalbox.bus.Room;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OrderTest {
    private static final Instant BEGIN = Instant.parse("2026-11-22T07:00:00Z");
    private static final Order ORDER = new Order(3, 2);

    private int said;

    @Test
    void whereThereIsRoomItIsEverybodysTurn() {
        List<Story> waiting = List.of(to("production"), to("staging"), to(null));
        assertThat(turns(waiting, List.of())).containsExactly(Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Test
    void whoWasAdmittedFirstIsNextHoweverTheyAreListed() {
        List<Story> waiting = List.of(to("a"), to("b"), to("c"));
        List<Story> shuffled = new ArrayList<>(waiting);
        Collections.reverse(shuffled);
        List<Story> underWay = List.of(to("d"), to("e"));
        assertThat(waiting.stream().map(each -> ORDER.obstacle(each.id(), shuffled, underWay)))
                .containsExactly(
                        Optional.empty(),
                        Optional.of("place 1: no more than 3 runs are under way at once"),
                        Optional.of("place 2: no more than 3 runs are under way at once"));
    }

    @Test
    void aFullEnvironmentKeepsNobodyFromAnotherOne() {
        List<Story> waiting = List.of(to("production"), to("staging"));
        assertThat(turns(waiting, List.of(to("production"), to("production"))))
                .containsExactly(
                        Optional.of("place 1: no more than 2 runs are under way at once in one environment, as in"
                                + " production"),
                        Optional.empty());
    }

    @Test
    void whatHasNoEnvironmentCountsInAllAlone() {
        List<Story> underWay = List.of(to(null), to(null));
        assertThat(turns(List.of(to(null), to(null)), underWay).get(0)).isEmpty();
        assertThat(turns(List.of(to(null), to(null)), underWay).get(1)).isPresent();
    }

    @Test
    void whatMovesOnWhileItIsLookedAtIsCountedOnce() {
        Story moving = to("staging");
        Story mine = to("staging");
        assertThat(ORDER.obstacle(mine.id(), List.of(moving, mine), List.of(moving, moving)))
                .isEmpty();
        assertThat(ORDER.obstacle(moving.id(), List.of(moving, mine), List.of(moving)))
                .contains("it has moved on");
    }

    @Test
    void wordsAboutTheBotTakeNoPlace() {
        Story word = admitted("bot", null);
        Story mine = to("staging");
        assertThat(new Order(1, 1).obstacle(mine.id(), List.of(word, mine), List.of()))
                .isEmpty();
    }

    private static List<Optional<String>> turns(List<Story> waiting, List<Story> underWay) {
        return waiting.stream()
                .map(each -> ORDER.obstacle(each.id(), waiting, underWay))
                .toList();
    }

    private Story to(@Nullable String environment) {
        Plan plan = new Plan("0".repeat(64), "code", new TreeMap<>(), new TreeMap<>(), null, List.of(), List.of());
        return admitted(environment == null ? "" : environment, plan);
    }

    private Story admitted(String environment, @Nullable Plan plan) {
        CommandId id = CommandId.fresh();
        Instant at = BEGIN.plusSeconds(said++);
        Map<String, String> arguments = environment.isEmpty() ? Map.of() : Map.of("environment", environment);
        return new Story(
                id,
                said,
                List.of(
                        new Event.Requested(
                                id, at, new Person("play:anna", "anna"), Room.of("play", "ops"), "m1", "go"),
                        new Event.Understood(id, at, new Instruction("go", "go", arguments)),
                        new Event.Admitted(id, at, plan, null)),
                Map.of());
    }
}
