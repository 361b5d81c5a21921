/** Says what the catalog says again and again, as a person would. */
@NullMarked
package io.signalbox.schedule;

import org.jspecify.annotations.NullMarked;
