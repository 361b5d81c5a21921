/** The stage that finds out which command of the catalog somebody's words mean. */
@NullMarked
package io.signalbox.command;

import org.jspecify.annotations.NullMarked;
