package io.signalbox.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;

/** A file whose content is a secret: one line, closed to everybody but its owner and at most a group. */
final class SecretFile {
    private SecretFile() {}

    static Optional<Secret> read(Values values, Key key) {
        return values.file(key).flatMap(file -> read(values, key, file));
    }

    private static Optional<Secret> read(Values values, Key key, Path file) {
        try {
            if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
                values.wrong(key.path(), file + " can be read by everybody on this machine: chmod o-rwx " + file);
            }
            String text = Files.readString(file).stripTrailing();
            if (text.isBlank() || text.lines().count() > 1) {
                values.wrong(key.path(), file + " is to hold the password, on one line");
                return Optional.empty();
            }
            return Optional.of(new Secret(text));
        } catch (IOException e) {
            // The exception's own message may quote what could not be decoded.
            values.wrong(
                    key.path(),
                    file + " cannot be read as text: " + e.getClass().getSimpleName());
            return Optional.empty();
        }
    }
}
