package io.signalbox.gate;

import io.signalbox.bus.Person;

/** Persons by their ids, as in {@code play:bert}: which id a name means is known since the words were understood. */
final class People {
    private People() {}

    static Person ofId(String id) {
        return new Person(id, id.substring(id.indexOf(':') + 1));
    }

    /** As in {@code bert (play:bert)}. */
    static String shown(Person person) {
        return person.name() + " (" + person.id() + ")";
    }
}
