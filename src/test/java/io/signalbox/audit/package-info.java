@NullMarked
package io.signalbox.audit;

import org.jspecify.annotations.NullMarked;
