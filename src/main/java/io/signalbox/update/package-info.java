/** Beside the line of a command: lets another release of the bot take this one's place, and vouches for a new one. */
@NullMarked
package io.signalbox.update;

import org.jspecify.annotations.NullMarked;
