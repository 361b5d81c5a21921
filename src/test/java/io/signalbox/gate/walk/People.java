package io.signalbox.gate.walk;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Who speaks on a walk: mostly the deployers of the first roles. */
final class People {
    static final Arbitrary<String> ANY =
            Arbitraries.of("play:anna", "play:bert", "play:carla", "play:anna", "play:bert", "play:olga", "play:dave");

    /** Those who often may, and those who may not. */
    static final Arbitrary<String> APPROVERS =
            Arbitraries.of("play:bert", "play:carla", "play:bert", "play:carla", "play:anna", "play:olga", "play:dave");

    static final Arbitrary<String> ADMINS = Arbitraries.of("play:olga", "play:olga", "play:olga", "play:anna");

    static final Arbitrary<String> ROLES = Arbitraries.of(Rules.DEPLOYER, Rules.DEPLOYER, Rules.ADMIN);

    private People() {}
}
