/** From a command of the catalog to the argument list, environment and variables of a process. Starts nothing for good. */
@NullMarked
package io.signalbox.runner;

import org.jspecify.annotations.NullMarked;
