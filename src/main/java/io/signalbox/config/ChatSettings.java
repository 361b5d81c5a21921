package io.signalbox.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Where the bot listens.
 *
 * @param console whether it hears its own terminal, as the room {@code consoleRoom}
 * @param play whether a player of conversations may come in by {@code playSocket}
 */
public record ChatSettings(boolean console, String consoleRoom, boolean play, Path playSocket) {
    private static final Pattern ROOM = Pattern.compile("[a-z0-9][a-z0-9._-]*");
    /** sockaddr_un.sun_path less its closing zero. */
    private static final int LONGEST_SOCKET = 107;

    public ChatSettings {
        int length = playSocket.toString().getBytes(StandardCharsets.UTF_8).length;
        new Rules()
                .demand(
                        ROOM.matcher(consoleRoom).matches(),
                        "chat.console-room",
                        "'" + consoleRoom + "' is not a room: small letters, digits, . _ and -")
                .demand(
                        !play || length <= LONGEST_SOCKET,
                        "chat.play-socket",
                        "the path has " + length + " bytes and a socket's may have " + LONGEST_SOCKET
                                + "; choose a shorter one")
                .enforce();
    }
}
