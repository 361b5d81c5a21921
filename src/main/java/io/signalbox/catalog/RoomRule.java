package io.signalbox.catalog;

import io.signalbox.bus.Room;
import java.util.List;

/**
 * What may be said in a room.
 *
 * @param name as the chat service has it, with the service or without: {@code ops}, {@code play:ops}; {@code direct} are
 *     direct messages, {@code others} every room that has no rule
 * @param most the riskiest that may be said there
 * @param commands names of commands, or groups as in {@code backend.*}; empty: all. The words about the bot are never among
 *     them: they are bound by their risk alone
 */
public record RoomRule(String name, Risk most, List<String> commands) {
    static final String DIRECT = "direct";
    static final String OTHERS = "others";
    private static final String GROUP = ".*";

    public RoomRule {
        commands = List.copyOf(commands);
    }

    boolean isOf(Room room) {
        return room.isDirect() ? name.equals(DIRECT) : name.equals(room.name()) || name.equals(room.id());
    }

    boolean isOfOthers() {
        return name.equals(OTHERS);
    }

    boolean allows(CommandSpec spec) {
        return spec.risk().compareTo(most) <= 0
                && (commands.isEmpty()
                        || !spec.startsProcess()
                        || commands.stream().anyMatch(pattern -> covers(pattern, spec.name())));
    }

    static boolean covers(String pattern, String command) {
        return pattern.endsWith(GROUP)
                ? command.startsWith(pattern.substring(0, pattern.length() - 1))
                : command.equals(pattern);
    }
}
