/** Answers the words about the bot itself that no other stage owns. */
@NullMarked
package io.signalbox.about;

import org.jspecify.annotations.NullMarked;
