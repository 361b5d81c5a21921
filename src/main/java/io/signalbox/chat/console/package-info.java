/** The adapter for the one person at the terminal that the bot was started from. */
@NullMarked
package io.signalbox.chat.console;

import org.jspecify.annotations.NullMarked;
