/** Settings: parsed once at start, every mistake in one message, refused and never repaired. */
@NullMarked
package io.signalbox.config;

import org.jspecify.annotations.NullMarked;
