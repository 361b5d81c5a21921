package io.signalbox.bus;

/**
 * Where something was said.
 *
 * @param id service and id, as in {@code play:ops}; a direct message is the room {@code play:@anna}
 */
public record Room(String id) {
    public Room {
        int colon = id.indexOf(':');
        if (colon < 1 || colon == id.length() - 1) {
            throw new IllegalArgumentException("'" + id + "' is not a room's id: service:id, as in play:ops");
        }
    }

    public static Room of(String service, String name) {
        return new Room(service + ":" + name);
    }

    public String service() {
        return id.substring(0, id.indexOf(':'));
    }

    /** The service's own name of the room, without the service. */
    public String name() {
        return id.substring(id.indexOf(':') + 1);
    }

    public boolean isDirect() {
        return name().startsWith("@");
    }
}
