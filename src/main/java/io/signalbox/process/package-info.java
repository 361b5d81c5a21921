/** The only place that starts a child: argument lists, complete environments, and an end that reaches all descendants. */
@NullMarked
package io.signalbox.process;

import org.jspecify.annotations.NullMarked;
