/** The audit log: moves what the brain committed to Kafka, in order, and reads it back. The only place that knows Kafka. */
@NullMarked
package io.signalbox.audit;

import org.jspecify.annotations.NullMarked;
