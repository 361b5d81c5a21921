package io.signalbox.audit.broker;

import io.signalbox.config.Secret;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/**
 * What the local broker is told, and the files it leaves for others.
 *
 * @param port where clients connect, on 127.0.0.1
 * @param data where the broker keeps its log
 * @param bot the password of {@code bot}, who writes
 * @param ops the password of {@code ops}, who reads
 */
record BrokerFolder(Path folder, int port, Path data, Secret bot, Secret ops) {
    private static final int LOWEST_PORT = 1024;
    private static final int HIGHEST_PORT = 65535;

    static BrokerFolder read(Path folder) {
        Path file = folder.resolve("broker.properties");
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new BrokerRefusal(file + " cannot be read: " + e, e);
        }
        return new BrokerFolder(
                folder,
                port(file, value(file, properties, "port")),
                folder.resolve(value(file, properties, "data")),
                password(file, folder, value(file, properties, "bot.password-file")),
                password(file, folder, value(file, properties, "ops.password-file")));
    }

    /** Tells whoever waits that clients can connect. */
    void markReady() throws IOException {
        Path complete = Files.writeString(
                folder.resolve("ready.new"), ProcessHandle.current().pid() + "\n");
        Files.move(complete, ready(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    Path ready() {
        return folder.resolve("ready");
    }

    /** Where the controller's port is remembered; nobody but the broker itself connects there. */
    Path controllerPort() {
        return folder.resolve("controller.port");
    }

    private static String value(Path file, Properties properties, String key) {
        String value = properties.getProperty(key);
        if (value == null || value.isBlank()) {
            throw new BrokerRefusal(file + " has no " + key);
        }
        return value.strip();
    }

    private static int port(Path file, String text) {
        if (text.matches("\\d{4,5}")) {
            int port = Integer.parseInt(text);
            if (port >= LOWEST_PORT && port <= HIGHEST_PORT) {
                return port;
            }
        }
        throw new BrokerRefusal(file + ": port=" + text + " is not a port from " + LOWEST_PORT + " to " + HIGHEST_PORT);
    }

    private static Secret password(Path file, Path folder, String name) {
        Path secret = folder.resolve(name);
        String password;
        try {
            password = Files.readString(secret).strip();
        } catch (IOException e) {
            throw new BrokerRefusal("the password file " + secret + " named in " + file + " cannot be read: " + e, e);
        }
        if (password.isEmpty() || password.chars().anyMatch(Character::isISOControl)) {
            throw new BrokerRefusal("the password file " + secret + " must hold one line that is not empty");
        }
        return new Secret(password);
    }
}
