package io.signalbox.config;

import io.signalbox.config.Key.Shape;
import io.signalbox.notation.Durations;
import io.signalbox.notation.Node;
import io.signalbox.notation.Sizes;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Reads what was said as the types that settings have. A wrong value is noted, and its default goes on in its place. */
final class Values {
    private final Said said;
    private final List<String> mistakes;

    Values(Said said, List<String> mistakes) {
        this.said = said;
        this.mistakes = mistakes;
    }

    boolean isSet(Key key) {
        return said.value(key).isPresent();
    }

    Optional<String> text(Key key) {
        return said.value(key).flatMap(value -> text(key.path(), value));
    }

    private Optional<String> text(String path, Said.Value value) {
        if (!(value.node() instanceof Node.Scalar scalar)) {
            wrong(
                    path,
                    "is to be " + Shape.TEXT.title() + ", not " + value.node().title());
            return Optional.empty();
        }
        if (scalar.text().isBlank()) {
            wrong(path, "is empty; give it a value or leave it out");
            return Optional.empty();
        }
        return Optional.of(scalar.text());
    }

    boolean isOn(Key key, boolean standard) {
        String text = text(key).orElse(standard ? "on" : "off");
        return switch (text) {
            case "on", "true" -> true;
            case "off", "false" -> false;
            default -> {
                wrong(key.path(), "'" + text + "' is neither on nor off");
                yield standard;
            }
        };
    }

    Duration duration(Key key, Duration standard) {
        Optional<String> text = text(key);
        Optional<Duration> duration = text.flatMap(Durations::read);
        if (text.isPresent() && duration.isEmpty()) {
            wrong(key.path(), "'" + text.get() + "' is not a duration: " + Durations.EXAMPLE);
        }
        return duration.orElse(standard);
    }

    int number(Key key, int standard, int least, int most) {
        Optional<String> text = text(key);
        Optional<Integer> number =
                text.filter(said -> said.matches("[0-9]{1,9}")).map(Integer::valueOf);
        if (text.isPresent()
                && number.filter(found -> found >= least && found <= most).isEmpty()) {
            wrong(key.path(), "'" + text.get() + "' is not a number from " + least + " to " + most);
        }
        return number.orElse(standard);
    }

    /** In bytes. */
    long size(Key key, long standard, long least) {
        Optional<String> text = text(key);
        OptionalLong size = text.map(Sizes::read).orElse(OptionalLong.of(standard));
        if (size.isEmpty()) {
            wrong(key.path(), "'" + text.orElse("") + "' is not a size: " + Sizes.EXAMPLE);
        } else if (size.getAsLong() < least) {
            wrong(key.path(), "is to be " + Sizes.write(least) + " at least, not " + text.orElse(""));
        }
        return size.orElse(standard);
    }

    /** A whole number of them, as in {@code 90d}. */
    Duration days(Key key, Duration standard) {
        Optional<String> text = text(key);
        Optional<Duration> days = text.filter(said -> said.matches("[1-9][0-9]{0,5}d"))
                .map(said -> Duration.ofDays(Long.parseLong(said.substring(0, said.length() - 1))));
        if (text.isPresent() && days.isEmpty()) {
            wrong(key.path(), "'" + text.get() + "' is not a number of days, as in 90d");
        }
        return days.orElse(standard);
    }

    Optional<Path> path(Key key) {
        return text(key).flatMap(text -> path(key.path(), text));
    }

    private Optional<Path> path(String path, String text) {
        try {
            return Optional.of(Path.of(text).toAbsolutePath().normalize());
        } catch (InvalidPathException e) {
            wrong(path, "is not a path: " + e.getReason());
            return Optional.empty();
        }
    }

    /** A path at which there is a file that can be read. */
    Optional<Path> file(Key key) {
        return path(key).filter(file -> isFile(key.path(), file));
    }

    /** A path at which there is a folder, or a link to one. */
    Optional<Path> folder(Key key) {
        Optional<Path> path = path(key);
        path.filter(found -> !Files.isDirectory(found))
                .ifPresent(found -> wrong(key.path(), found + " is not there, or names no folder"));
        return path;
    }

    private boolean isFile(String path, Path file) {
        boolean good = Files.isRegularFile(file) && Files.isReadable(file);
        if (!good) {
            wrong(path, Files.exists(file) ? file + " is not a file that can be read" : file + " is not there");
        }
        return good;
    }

    List<String> list(Key key, List<String> standard) {
        return said.value(key).map(value -> list(key.path(), value)).orElse(standard);
    }

    /** A list, or texts separated by commas. */
    private List<String> list(String path, Said.Value value) {
        if (value.node() instanceof Node.Scalar) {
            return text(path, value)
                    .map(text -> List.of(text.split("\\s*,\\s*")))
                    .orElse(List.of());
        }
        if (!(value.node() instanceof Node.Items items)) {
            wrong(
                    path,
                    "is to be " + Shape.LIST.title() + ", not " + value.node().title());
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        items.items()
                .forEach(
                        item -> text(path, new Said.Value(value.origin(), item)).ifPresent(texts::add));
        return texts;
    }

    Map<String, String> table(Key key) {
        Map<String, String> table = new LinkedHashMap<>();
        said.entries(key)
                .forEach(
                        (name, value) -> text(key.path() + "." + name, value).ifPresent(text -> table.put(name, text)));
        return table;
    }

    Map<String, Duration> tableOfDurations(Key key) {
        Map<String, Duration> durations = new LinkedHashMap<>();
        table(key).forEach((name, text) -> {
            Optional<Duration> duration = Durations.read(text);
            if (duration.isEmpty()) {
                wrong(key.path() + "." + name, "'" + text + "' is not a duration: " + Durations.EXAMPLE);
            }
            duration.ifPresent(read -> durations.put(name, read));
        });
        return durations;
    }

    ZoneId zone(Key key) {
        Optional<String> text = text(key);
        try {
            return ZoneId.of(text.orElse("UTC"));
        } catch (DateTimeException unknown) {
            wrong(key.path(), "'" + text.orElse("") + "' is not a time zone, as in Europe/Berlin or UTC");
            return ZoneId.of("UTC");
        }
    }

    Map<String, List<String>> tableOfLists(Key key) {
        Map<String, List<String>> table = new LinkedHashMap<>();
        said.entries(key).forEach((name, value) -> table.put(name, list(key.path() + "." + name, value)));
        return table;
    }

    Map<String, Path> tableOfFiles(Key key) {
        Map<String, Path> files = new LinkedHashMap<>();
        table(key)
                .forEach((name, text) -> path(key.path() + "." + name, text)
                        .filter(file -> isFile(key.path() + "." + name, file))
                        .ifPresent(file -> files.put(name, file)));
        return files;
    }

    /** What {@code make} makes; empty where its record refuses, which is noted with the place of each setting. */
    <T> Optional<T> make(Supplier<T> make) {
        try {
            return Optional.of(make.get());
        } catch (Rules.BrokenRules e) {
            e.broken().forEach(broken -> wrong(broken.key(), broken.text()));
            return Optional.empty();
        }
    }

    void wrong(String path, String text) {
        String origin = said.value(path).map(Said.Value::origin).orElse("not set");
        mistakes.add(Said.wrong(path, origin, text));
    }
}
