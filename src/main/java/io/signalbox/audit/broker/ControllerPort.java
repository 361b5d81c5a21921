package io.signalbox.audit.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.OptionalInt;

/**
 * The port of the broker's own controller: chosen once, below the range from which the kernel lends ports to clients, and
 * remembered; chosen anew where somebody else has taken it meanwhile.
 */
final class ControllerPort {
    private static final int LOWEST = 20_000;
    private static final int BELOW = 32_768;
    private static final int TRIES = 100;

    private ControllerPort() {}

    static int choose(Path remembered) throws IOException {
        OptionalInt before = read(remembered);
        if (before.isPresent() && isFree(before.getAsInt())) {
            return before.getAsInt();
        }
        int port = new SecureRandom()
                .ints(TRIES, LOWEST, BELOW)
                .filter(ControllerPort::isFree)
                .findFirst()
                .orElseThrow(() -> new BrokerRefusal(
                        "no port between " + LOWEST + " and " + BELOW + " is free for the broker's controller"));
        Files.writeString(remembered, port + "\n");
        return port;
    }

    private static OptionalInt read(Path remembered) throws IOException {
        if (!Files.exists(remembered)) {
            return OptionalInt.empty();
        }
        String text = Files.readString(remembered).strip();
        return text.matches("\\d{4,5}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
