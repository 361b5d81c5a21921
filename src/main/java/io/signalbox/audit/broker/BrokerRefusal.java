package io.signalbox.audit.broker;

/** The broker cannot start as it is set up; the message says what is wrong and what would be right. */
final class BrokerRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokerRefusal(String message) {
        super(message);
    }

    BrokerRefusal(String message, Throwable cause) {
        super(message, cause);
    }
}
