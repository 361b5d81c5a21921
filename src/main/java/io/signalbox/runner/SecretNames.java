package io.signalbox.runner;

import java.util.regex.Pattern;

/** Names of variables whose values nobody should read. */
final class SecretNames {
    private static final Pattern SECRET =
            Pattern.compile("(?i)(SECRET|PASS|PWD|TOKEN|CREDENTIAL|WEBHOOK|DSN|KEY$|ACCESS_KEY|AUTH$)");
    private static final Pattern PLACE = Pattern.compile("(?i)(_FILE|_PATH|_DIR|_SOCK)$");

    private SecretNames() {}

    static boolean looksSecret(String name) {
        return SECRET.matcher(name).find() && !PLACE.matcher(name).find();
    }
}
