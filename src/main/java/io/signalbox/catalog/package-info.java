/** Commands as data: what can be said, who may say it, what it runs. Nothing here knows of Vert.x. */
@NullMarked
package io.signalbox.catalog;

import org.jspecify.annotations.NullMarked;
