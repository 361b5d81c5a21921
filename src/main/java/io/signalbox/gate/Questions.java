package io.signalbox.gate;

import io.signalbox.bus.Person;
import io.signalbox.catalog.Approval;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CommandSpec;
import io.signalbox.language.CurrentInterpreter;
import io.signalbox.language.Interpretation;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** {@code can i} and {@code who can}: what the gate would say to words, from the rules that it goes by. Nothing is done. */
final class Questions {
    private final Supplier<Catalog> catalog;
    private final CurrentInterpreter interpreter;
    private final Checks checks;
    private final Admission admission;
    private final Policy policy;
    private final Roles roles;
    private final Map<String, Function<Asked, Future<Reply>>> words;

    /** {@code words}: what the gate itself answers, by the command's name; these replies say whether there is a no. */
    Questions(
            Supplier<Catalog> catalog,
            Checks checks,
            Admission admission,
            Policy policy,
            Roles roles,
            Map<String, Function<Asked, Future<Reply>>> words) {
        this.catalog = catalog;
        this.interpreter = new CurrentInterpreter(catalog);
        this.checks = checks;
        this.admission = admission;
        this.policy = policy;
        this.roles = roles;
        this.words = Map.copyOf(words);
    }

    Future<Reply> canI(Asked word) {
        return meant(word, this::whether);
    }

    Future<Reply> whoCan(Asked word) {
        return meant(word, this::who);
    }

    /** What the words would be as a command of this person here and now; words that mean nothing get the nearest help. */
    private Future<Reply> meant(Asked word, Function<Asked, Future<String>> answer) {
        String said = word.argument("words").or(() -> word.argument("id")).orElse("");
        Interpretation meaning = interpreter.get().interpret(said, word.by());
        if (meaning instanceof Interpretation.Understood understood) {
            var instruction = understood.instruction();
            CommandSpec spec = catalog.get().command(instruction.command());
            return answer.apply(word.supposing(instruction, spec)).map(Reply::say);
        }
        var misunderstood = (Interpretation.Misunderstood) meaning;
        return Future.succeededFuture(
                new Reply.No(new Verdict.Refused("misunderstood", misunderstood.problem(), misunderstood.help())));
    }

    private Future<String> whether(Asked asked) {
        return inTheWay(asked).compose(hindrances -> hindrances.isEmpty() ? yes(asked) : no(asked, hindrances));
    }

    private Future<List<Verdict.Refused>> inTheWay(Asked asked) {
        return Future.all(checks.hindrances(asked), ofItsOwn(asked)).map(both -> {
            List<Verdict.Refused> all = new ArrayList<>(both.<List<Verdict.Refused>>resultAt(0));
            if (both.resultAt(1) instanceof Verdict.Refused refused) {
                all.add(refused);
            }
            return all;
        });
    }

    /** What only a command that somebody must approve, or only that word, can be refused for. */
    private Future<Verdict> ofItsOwn(Asked asked) {
        var word = words.get(asked.spec().name());
        if (asked.spec().startsProcess() || word == null) {
            return admission.somebodyCanApprove(asked);
        }
        return word.apply(asked).map(reply -> reply instanceof Reply.No no ? no.why() : Verdict.allowed());
    }

    private Future<String> yes(Asked asked) {
        String yes =
                "Yes, " + asked.by().name() + " may say `" + asked.instruction().canonical() + "` here.";
        String plan = asked.spec().startsProcess() ? " Whether it can be planned is found out when it is said." : "";
        return asked.approval()
                .map(rule -> roles.concerning(asked.spec())
                        .map(holdings -> yes + " Then " + agreement(rule) + ": "
                                + approvers(asked, rule, asked.by(), holdings) + "." + plan))
                .orElseGet(() -> Future.succeededFuture(yes + plan));
    }

    private static String agreement(Approval rule) {
        return Policy.others(rule.by(), rule.needed()) + (rule.needed() == 1 ? " has" : " have") + " to agree";
    }

    private static Future<String> no(Asked asked, List<Verdict.Refused> hindrances) {
        List<String> lines = new ArrayList<>();
        lines.add("No, `" + asked.instruction().canonical() + "` would be refused:");
        for (Verdict.Refused each : hindrances) {
            lines.add("- " + each.reason());
            each.help().forEach(help -> lines.add("  " + help));
        }
        return Future.succeededFuture(String.join("\n", lines));
    }

    private Future<String> who(Asked asked) {
        return roles.concerning(asked.spec()).map(holdings -> {
            List<String> lines = new ArrayList<>();
            lines.add("`" + asked.instruction().canonical() + "` can be said by");
            new TreeSet<>(asked.spec().roles())
                    .forEach(role -> lines.add("  " + role + ": " + sayers(asked, role, holdings)));
            asked.approval().ifPresent(rule -> {
                lines.add("and then " + agreement(rule) + ",");
                requesters(asked, holdings)
                        .forEach(person ->
                                lines.add("  for " + person.name() + ": " + approvers(asked, rule, person, holdings)));
            });
            return String.join("\n", lines);
        });
    }

    private String sayers(Asked asked, String role, Holdings holdings) {
        if (role.equals(CommandSpec.EVERYONE)) {
            return "every member";
        }
        List<String> persons = holders(asked, Stream.of(role), holdings)
                .map(Person::name)
                .distinct()
                .toList();
        return persons.isEmpty() ? "nobody yet" : String.join(", ", persons);
    }

    private List<Person> requesters(Asked asked, Holdings holdings) {
        List<Person> persons = holders(asked, asked.spec().roles().stream(), holdings)
                .distinct()
                .toList();
        return persons.isEmpty() ? List.of(asked.by()) : persons;
    }

    private Stream<Person> holders(Asked asked, Stream<String> anyOf, Holdings holdings) {
        return anyOf.sorted()
                .flatMap(role -> holdings.holders(role).stream())
                .map(id -> new Person(id, holdings.name(id)))
                .filter(person -> policy.maySay(
                                asked.spec(), asked.instruction().canonical(), person, holdings)
                        .equals(Verdict.allowed()));
    }

    private String approvers(Asked asked, Approval rule, Person requester, Holdings holdings) {
        if (policy.canBeApproved(asked.spec(), rule, requester, asked.at(), holdings) instanceof Verdict.Refused) {
            return "nobody can";
        }
        List<String> persons = policy.approvers(asked.spec(), rule, requester, asked.at(), holdings);
        return persons.isEmpty() ? "every other member" : holdings.names(persons);
    }
}
