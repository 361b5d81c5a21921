/** The adapter for transcripts that are played, and for terminals beside the bot: JSON lines over a unix socket. */
@NullMarked
package io.signalbox.chat.play;

import org.jspecify.annotations.NullMarked;
