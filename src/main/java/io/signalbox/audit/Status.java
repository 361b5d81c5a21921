package io.signalbox.audit;

/** Whether what happens can be recorded; {@code reason} says why not, and is empty where it can. */
record Status(boolean open, String reason) {
    static final Status OPEN = new Status(true, "");

    static Status closed(String reason) {
        return new Status(false, reason);
    }
}
