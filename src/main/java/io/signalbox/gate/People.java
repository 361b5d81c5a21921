package io.signalbox.gate;

import io.signalbox.bus.Person;
import java.util.Optional;
import java.util.regex.Pattern;

/** Persons as they are written: by id ({@code play:bert}), or by the name that is their id in the speaker's service. */
final class People {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9]*:\\S+");
    private static final Pattern NAME = Pattern.compile("[^\\s:@]+");

    private People() {}

    static Person ofId(String id) {
        return new Person(id, id.substring(id.indexOf(':') + 1));
    }

    /** Empty for what is no person at all; whether that person exists only the chat service knows, so the id is echoed. */
    static Optional<Person> named(String said, Person speaker) {
        String name = said.startsWith("@") ? said.substring(1) : said;
        if (ID.matcher(name).matches()) {
            return Optional.of(ofId(name));
        }
        return NAME.matcher(name).matches()
                ? Optional.of(new Person(speaker.service() + ":" + name, name))
                : Optional.empty();
    }

    /** As in {@code bert (play:bert)}. */
    static String shown(Person person) {
        return person.name() + " (" + person.id() + ")";
    }
}
