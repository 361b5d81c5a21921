package io.signalbox.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything about the bot that is decided outside it. Paths are absolute.
 *
 * @param state folder of runs, locks and sockets
 * @param code the project folder
 * @param catalog the catalog's files and folders
 * @param python the Python that runs Ansible
 * @param release the link that names the release in use, where there are several
 * @param zone of the times that people are shown and that they say without one
 * @param times spans of time by the names that the catalog gives them, where they are to be others than it says
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
        RunConduct conduct,
        Optional<Path> release,
        Repositories repositories,
        ZoneId zone,
        Map<String, Duration> times,
        boolean demo) {
    public Settings {
        catalog = List.copyOf(catalog);
        times = Map.copyOf(times);
    }
}
