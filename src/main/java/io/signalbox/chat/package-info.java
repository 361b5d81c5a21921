/** Hears a person through an adapter, and says what happened. */
@NullMarked
package io.signalbox.chat;

import org.jspecify.annotations.NullMarked;
