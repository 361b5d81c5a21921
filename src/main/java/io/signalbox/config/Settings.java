package io.signalbox.config;

import java.nio.file.Path;
import java.util.List;

/**
 * Everything about the bot that is decided outside it. Paths are absolute.
 *
 * @param state folder of runs, locks and sockets
 * @param code the project folder
 * @param catalog the catalog's files and folders
 * @param python the Python that runs Ansible
 * @param demo whether this bot belongs to a demo
 */
public record Settings(
        Path state,
        Path code,
        List<Path> catalog,
        Path python,
        GateSettings gate,
        KafkaSettings kafka,
        RedisSettings redis,
        ChatSettings chat,
        RunSettings run,
        Repositories repositories,
        boolean demo) {
    public Settings {
        catalog = List.copyOf(catalog);
    }
}
