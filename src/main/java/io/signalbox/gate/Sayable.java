package io.signalbox.gate;

import io.signalbox.bus.Signal;
import io.signalbox.catalog.Approval;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CommandSpec;
import io.vertx.core.Future;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Which commands of the catalog somebody may say in a room, whatever else may be in their way at the moment. */
final class Sayable {
    private final Supplier<Catalog> catalog;
    private final Policy policy;
    private final Roles roles;

    Sayable(Supplier<Catalog> catalog, Policy policy, Roles roles) {
        this.catalog = catalog;
        this.policy = policy;
        this.roles = roles;
    }

    /** By their names. */
    Future<Set<String>> names(Signal.Sayable question) {
        Collection<CommandSpec> specs = catalog.get().commands().values();
        return roles.of(rolesOf(specs))
                .map(holdings -> specs.stream()
                        .filter(spec -> policy.maySay(spec, spec.name(), question.by(), holdings)
                                .equals(Verdict.allowed()))
                        .filter(spec -> policy.mayBeSaidIn(spec, spec.name(), question.room())
                                .equals(Verdict.allowed()))
                        .map(CommandSpec::name)
                        .collect(Collectors.toSet()));
    }

    /** Every role that one of these asks for, and the one that grants them. */
    static Set<String> rolesOf(Collection<CommandSpec> specs) {
        Set<String> named = new TreeSet<>(Set.of(Policy.ADMIN));
        specs.forEach(spec -> {
            named.addAll(spec.roles());
            spec.approval().map(Approval::by).ifPresent(named::add);
        });
        return named;
    }
}
