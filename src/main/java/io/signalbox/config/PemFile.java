package io.signalbox.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/** Certificates and keys: a wrong file is told at start, not as a connection that does not come about. */
final class PemFile {
    private final Values values;

    PemFile(Values values) {
        this.values = values;
    }

    boolean isCertificate(Key key, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            if (!CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .isEmpty()) {
                return true;
            }
        } catch (CertificateException | IOException unreadable) {
            // Told below: what it is not is all that a person needs.
        }
        values.wrong(key.path(), file + " is no certificate in PEM (-----BEGIN CERTIFICATE-----)");
        return false;
    }

    void requireKey(Key key, Path file) {
        try {
            if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
                values.wrong(key.path(), file + " can be read by everybody on this machine: chmod o-rwx " + file);
            }
            if (!Files.readString(file).contains("PRIVATE KEY-----")) {
                values.wrong(key.path(), file + " is no private key in PEM (-----BEGIN PRIVATE KEY-----)");
            }
        } catch (IOException e) {
            values.wrong(
                    key.path(),
                    file + " cannot be read as text: " + e.getClass().getSimpleName());
        }
    }
}
