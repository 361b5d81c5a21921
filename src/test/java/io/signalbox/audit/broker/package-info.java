@NullMarked
package io.signalbox.audit.broker;

import org.jspecify.annotations.NullMarked;
