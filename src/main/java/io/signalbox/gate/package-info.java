/** Decides: role, audit, lock, plan, approval; then one transition that checks them all again and takes the lock. */
@NullMarked
package io.signalbox.gate;

import org.jspecify.annotations.NullMarked;
