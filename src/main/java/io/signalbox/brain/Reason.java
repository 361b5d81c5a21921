package io.signalbox.brain;

import io.vertx.redis.client.impl.types.ErrorType;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Why Redis did not do what it was asked, in words that name the setting to look at. */
final class Reason {
    private Reason() {}

    static String of(Throwable failure) {
        if (failure instanceof ErrorType error && (error.is("WRONGPASS") || error.is("NOAUTH"))) {
            return "it refused the login: " + error.getMessage();
        }
        if (failure instanceof TimeoutException) {
            return "it says nothing";
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException) {
                return "its certificate is of no authority that is known here (redis.ca-file): " + cause.getMessage();
            }
            if (cause instanceof CertificateException && cause.getCause() == null) {
                return "its certificate is not to be trusted: " + cause.getMessage();
            }
        }
        return failure instanceof SSLException
                ? "TLS did not come about: " + failure.getMessage()
                : String.valueOf(failure.getMessage());
    }
}
