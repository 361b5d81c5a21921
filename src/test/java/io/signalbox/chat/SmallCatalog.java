package io.signalbox.chat;

import io.signalbox.catalog.Action;
import io.signalbox.catalog.ArgumentType;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CommandSpec;
import io.signalbox.catalog.Owner;
import io.signalbox.catalog.Risk;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A deployment with one command that is offered after it, and a word about the bot. */
final class SmallCatalog {
    private SmallCatalog() {}

    static Catalog catalog() {
        return new Catalog(
                Map.of(
                        "backend.deploy",
                        spec("backend.deploy", "deploy backend[/{ref}] [to|in|on] {environment}", playbook()),
                        "backend.swap",
                        spec("backend.swap", "swap backend [to|in|on] {environment}", playbook()),
                        "bot.ping",
                        spec("bot.ping", "ping", new Action.Answer(Owner.ABOUT))),
                Map.of(
                        "environment", argument("environment", ArgumentType.Form.NAME),
                        "ref", argument("ref", ArgumentType.Form.NAME)),
                "");
    }

    private static ArgumentType argument(String name, ArgumentType.Form form) {
        return new ArgumentType(name, form, List.of(), Optional.empty(), Optional.empty());
    }

    private static Action playbook() {
        return new Action.Playbook("x.yml", "staging", Map.of());
    }

    private static CommandSpec spec(String name, String say, Action action) {
        List<String> actions = name.equals("backend.deploy") ? List.of("backend.swap") : List.of();
        return new CommandSpec(
                name,
                List.of(say),
                "help",
                Risk.CHANGE,
                Set.of("deployer"),
                Optional.empty(),
                Optional.empty(),
                Duration.ofMinutes(1),
                action,
                Optional.empty(),
                List.of(),
                actions);
    }
}
