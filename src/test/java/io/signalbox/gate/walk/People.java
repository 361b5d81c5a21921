package io.signalbox.gate.walk;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Who speaks on a walk, and about what: mostly the deployers of the first roles, and mostly production. */
final class People {
    static final Map<String, List<String>> FIRST_ROLES = Map.of(
            Rules.ADMIN, List.of("play:olga"),
            Rules.DEPLOYER, List.of("play:anna", "play:bert", "play:carla"),
            Rules.ONCALL, List.of("play:anna", "play:dave"));

    static final Arbitrary<String> ANY =
            Arbitraries.of("play:anna", "play:bert", "play:carla", "play:anna", "play:bert", "play:olga", "play:dave");

    /** Those who mostly may ask for something. */
    static final Arbitrary<String> ASKERS = Arbitraries.of(
            "play:anna",
            "play:anna",
            "play:anna",
            "play:bert",
            "play:bert",
            "play:bert",
            "play:carla",
            "play:carla",
            "play:dave");

    /** Those who often may, and those who may not. */
    static final Arbitrary<String> APPROVERS =
            Arbitraries.of("play:bert", "play:carla", "play:bert", "play:carla", "play:anna", "play:olga", "play:dave");

    static final Arbitrary<String> ADMINS = Arbitraries.of("play:olga", "play:olga", "play:olga", "play:anna");

    static final Arbitrary<String> ROLES =
            Arbitraries.of(Rules.DEPLOYER, Rules.DEPLOYER, Rules.DEPLOYER, Rules.ADMIN, Rules.ONCALL);

    static final Arbitrary<String> ENVIRONMENTS = Arbitraries.of("staging", "production", "production");

    /** As it is said; nothing where it has no end. */
    static final Arbitrary<String> TIMES = Arbitraries.of("1m", "1m", "5m", "");

    private People() {}
}
