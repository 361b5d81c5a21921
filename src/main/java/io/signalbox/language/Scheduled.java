package io.signalbox.language;

import io.signalbox.bus.Instruction;
import io.signalbox.bus.Manner;
import io.signalbox.bus.Person;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * Understands commands that are to come later. What means something as a whole means just that: only where it does not, the
 * time is taken off its end, as in {@code deploy backend staging at 18:30}.
 */
public final class Scheduled {
    private static final String WAIT = "--wait";

    private final Interpreter interpreter;
    private final ZoneId zone;

    /** {@code zone} is of times that are said without one. */
    public Scheduled(Interpreter interpreter, ZoneId zone) {
        this.interpreter = interpreter;
        this.zone = zone;
    }

    public Interpretation interpret(String said, Person by, Instant now) {
        Interpretation whole = interpreter.interpret(said, by);
        if (whole instanceof Interpretation.Understood) {
            return whole;
        }
        Tokens words = Tokens.of(said.strip());
        boolean waits = words.size() > 0 && words.text(words.size() - 1).equals(WAIT);
        int end = waits ? words.size() - 1 : words.size();
        int begin = end
                - TimeWords.atEnd(
                        words.tokens().subList(0, end).stream()
                                .map(Tokens.Token::text)
                                .toList(),
                        now,
                        zone);
        if (begin == end || begin == 0 || said.strip().lines().count() > 1) {
            return whole;
        }
        String time = String.join(
                " ",
                words.tokens().subList(begin, end).stream()
                        .map(Tokens.Token::text)
                        .toList());
        String rest =
                words.line().substring(0, words.tokens().get(begin).start()).strip() + (waits ? " " + WAIT : "");
        Interpretation meaning = interpreter.interpret(rest, by);
        return meaning instanceof Interpretation.Understood understood ? later(understood, time, now) : meaning;
    }

    private Interpretation later(Interpretation.Understood understood, String time, Instant now) {
        TimeWords.Reading reading = TimeWords.read(time, now, zone).orElseThrow();
        if (reading instanceof TimeWords.NoMoment no) {
            return new Interpretation.Malformed(no.why(), List.of("A time is said " + TimeWords.EXAMPLE + "."));
        }
        Instruction what = understood.instruction();
        Manner manner = new Manner(what.manner().waits(), ((TimeWords.Moment) reading).due());
        return new Interpretation.Understood(
                new Instruction(what.command(), what.canonical(), what.arguments(), manner));
    }
}
