/** Random walks through what can happen to the gate, held against a small model of what it promises. */
@NullMarked
package io.signalbox.gate.walk;

import org.jspecify.annotations.NullMarked;
