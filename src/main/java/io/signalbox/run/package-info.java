/** The stage that starts, follows and ends processes, and answers the words about them. */
@NullMarked
package io.signalbox.run;

import org.jspecify.annotations.NullMarked;
