package io.signalbox.chat;

import io.vertx.core.Future;
import java.util.function.BooleanSupplier;

/** Where an adapter hands over what people say. */
public interface Ear {
    /** Completes when it is durably taken or of no concern; true where it was addressed to the bot. Never fails. */
    Future<Boolean> hear(Said said);

    /**
     * Completes when everything that was handed over came to a rest and all of it has been told; also when nobody wants to
     * know it any more.
     */
    Future<Void> rest(BooleanSupplier wanted);
}
