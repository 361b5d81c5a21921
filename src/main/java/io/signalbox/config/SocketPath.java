package io.signalbox.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The path of a unix socket, which the kernel takes only so long. */
final class SocketPath {
    /** sockaddr_un.sun_path less its closing zero. */
    private static final int LONGEST = 107;

    private SocketPath() {}

    /** Demands of {@code rules} that a socket can have this path. */
    static void demand(Rules rules, String key, Path path) {
        int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
        rules.demand(
                length <= LONGEST,
                key,
                "the path has " + length + " bytes and a socket's may have " + LONGEST + "; choose a shorter one");
    }
}
