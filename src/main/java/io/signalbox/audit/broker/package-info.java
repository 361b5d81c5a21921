/** A Kafka broker for one machine, in a process of its own so that it outlives the bot. */
@NullMarked
package io.signalbox.audit.broker;

import org.jspecify.annotations.NullMarked;
