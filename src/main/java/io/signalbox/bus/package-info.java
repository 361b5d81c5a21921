/** What the stages say to one another: events, the values in them, and the typed event bus. */
@NullMarked
package io.signalbox.bus;

import org.jspecify.annotations.NullMarked;
