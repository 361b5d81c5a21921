/** From a person's words to an instruction in the catalog's terms, or to what would have been right. */
@NullMarked
package io.signalbox.language;

import org.jspecify.annotations.NullMarked;
