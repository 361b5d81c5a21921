package io.signalbox.gate;

import io.signalbox.bus.Plan;
import io.signalbox.notation.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Says what is different between the plan that was agreed to and the plan as it is now. */
final class Drift {
    private static final int LONGEST = 2000;

    private Drift() {}

    static String between(Plan agreed, Plan now) {
        List<String> changes = new ArrayList<>();
        now.commits().forEach((argument, commit) -> {
            String before = agreed.commits().getOrDefault(argument, "none");
            if (!before.equals(commit)) {
                changes.add(argument + " was commit " + References.brief(before) + " and is now "
                        + References.brief(commit));
            }
        });
        if (!agreed.repositories().equals(now.repositories())) {
            changes.add("the repository is another one");
        }
        if (!agreed.content().equals(now.content())) {
            changes.add("playbooks, roles, inventory or catalog have changed");
        }
        if (!Objects.equals(agreed.facts(), now.facts())) {
            changes.add("what it would change has changed: " + facts(agreed) + " is now " + facts(now));
        }
        if (!agreed.consequences().equals(now.consequences())) {
            changes.add("its consequences have changed: " + String.join(" ", now.consequences()));
        }
        return "it is no longer what was to be approved: "
                + (changes.isEmpty() ? "its plan has another digest" : String.join("; ", changes)) + ".";
    }

    private static String facts(Plan plan) {
        return plan.facts() == null ? "nothing" : PlainText.line(plan.facts(), LONGEST);
    }
}
