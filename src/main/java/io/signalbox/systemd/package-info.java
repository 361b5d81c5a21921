/** What systemd wants to hear of a service that it started; nothing else knows that it is there. */
@NullMarked
package io.signalbox.systemd;

import org.jspecify.annotations.NullMarked;
