package io.signalbox.config;

import io.signalbox.notation.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Where the bot listens.
 *
 * @param console whether it hears its own terminal, as the room {@code consoleRoom}
 * @param oldest how long ago something may have been said to be run when it is heard
 * @param play whether a player of conversations may come in by {@code playSocket}
 */
public record ChatSettings(boolean console, String consoleRoom, Duration oldest, boolean play, Path playSocket) {
    private static final Pattern ROOM = Pattern.compile("[a-z0-9][a-z0-9._-]*");
    private static final Duration LONGEST_AGO = Duration.ofHours(24);

    public ChatSettings {
        Rules rules = new Rules()
                .demand(
                        ROOM.matcher(consoleRoom).matches(),
                        "chat.console-room",
                        "'" + consoleRoom + "' is not a room: small letters, digits, . _ and -")
                .demand(
                        !oldest.minusSeconds(1).isNegative() && oldest.compareTo(LONGEST_AGO) <= 0,
                        "chat.oldest",
                        "is to be from 1s to 24h, not " + Durations.write(oldest));
        if (play) {
            SocketPath.demand(rules, "chat.play-socket", playSocket);
        }
        rules.enforce();
    }
}
