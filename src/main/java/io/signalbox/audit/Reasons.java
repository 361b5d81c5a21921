package io.signalbox.audit;

import io.signalbox.brain.BrainUnavailable;
import io.signalbox.config.KafkaSettings;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;

/** Why the log cannot be written, in words for people; never with a secret in them. */
final class Reasons {
    private final KafkaSettings settings;

    Reasons(KafkaSettings settings) {
        this.settings = settings;
    }

    String of(Throwable failure) {
        Throwable cause = innermostOfKafka(failure);
        if (cause instanceof LogRefused || cause instanceof BrainUnavailable || cause instanceof BrokenChain) {
            return String.valueOf(cause.getMessage());
        }
        if (cause instanceof ProducerFencedException) {
            return "another bot writes the audit log " + settings.topic()
                    + " now; this one records nothing more until it is started again";
        }
        if (cause instanceof AuthenticationException) {
            return kafka() + " refused the login of " + account();
        }
        if (cause instanceof AuthorizationException) {
            return kafka() + " does not allow " + account() + " what it needs: " + cause.getMessage();
        }
        if (cause instanceof RecordTooLargeException) {
            return "an event is too large for the log " + settings.topic() + ": " + cause.getMessage();
        }
        if (cause instanceof RetriableException) {
            return silent();
        }
        return kafka() + ": " + cause;
    }

    String silent() {
        return kafka() + " does not answer";
    }

    private String kafka() {
        return "Kafka at " + settings.brokers();
    }

    private String account() {
        return settings.login().map(login -> "'" + login.username() + "'").orElse("an unnamed client");
    }

    /** Kafka wraps what matters in exceptions of its general type. */
    private static Throwable innermostOfKafka(Throwable failure) {
        Throwable cause = failure;
        while (cause.getClass().equals(KafkaException.class) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
