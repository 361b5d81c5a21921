@NullMarked
package io.signalbox.brain;

import org.jspecify.annotations.NullMarked;
