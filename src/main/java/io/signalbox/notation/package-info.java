/** How people write things down for Signalbox: YAML with the line of everything in it, durations, mistakes, plain text. */
@NullMarked
package io.signalbox.notation;

import org.jspecify.annotations.NullMarked;
