package io.signalbox.chat;

import io.signalbox.bus.Person;
import io.signalbox.bus.Room;

/**
 * What a person said, or the words of a button that a person clicked.
 *
 * @param message the service's own id; the same id is never acted on twice
 * @param button whether it is the words of one of our buttons, which need no name in front
 * @param edited whether this replaces words said before: those are never acted on
 */
public record Said(Person by, Room room, String message, String text, boolean button, boolean edited) {}
