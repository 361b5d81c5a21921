/** What must survive: commands and their events in Redis, changed by one atomic script. No stage's logic is here. */
@NullMarked
package io.signalbox.brain;

import org.jspecify.annotations.NullMarked;
