package io.signalbox.bus;

/**
 * Somebody who speaks: the chat service's immutable id, and the name to show.
 *
 * @param id service and id, as in {@code play:anna}; two persons are the same when their ids are
 * @param name for people to read; never used to decide anything
 */
public record Person(String id, String name) {
    public Person {
        int colon = id.indexOf(':');
        if (colon < 1 || colon == id.length() - 1) {
            throw new IllegalArgumentException("'" + id + "' is not a person's id: service:id, as in play:anna");
        }
        if (name.isBlank()) {
            throw new IllegalArgumentException("person " + id + " has no name to show");
        }
    }

    public boolean is(Person other) {
        return id.equals(other.id);
    }

    /** The chat service that knows this person, as in {@code play}. */
    public String service() {
        return id.substring(0, id.indexOf(':'));
    }
}
