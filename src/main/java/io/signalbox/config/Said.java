package io.signalbox.config;

import io.signalbox.notation.Mistake;
import io.signalbox.notation.Mistakes;
import io.signalbox.notation.Nearest;
import io.signalbox.notation.Node;
import io.signalbox.notation.Place;
import io.signalbox.notation.YamlReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What was said about each setting, and where: in files, then the environment, then on the command line; later wins. */
final class Said {
    /** One value and what to call the place it was said at. */
    record Value(String origin, Node node) {}

    private final Map<String, Value> values = new LinkedHashMap<>();
    private final List<String> mistakes;

    Said(List<String> mistakes) {
        this.mistakes = mistakes;
    }

    Optional<Value> value(Key key) {
        return Optional.ofNullable(values.get(key.path()));
    }

    Optional<Value> value(String path) {
        return Optional.ofNullable(values.get(path));
    }

    /** The entries of a table, by name. */
    Map<String, Value> entries(Key key) {
        Map<String, Value> entries = new TreeMap<>();
        String prefix = key.path() + ".";
        values.forEach((path, value) -> {
            if (path.startsWith(prefix)) {
                entries.put(path.substring(prefix.length()), value);
            }
        });
        return entries;
    }

    void file(Path file) {
        Mistakes found = new Mistakes();
        Optional<Node> document = text(file).flatMap(text -> YamlReader.read(file.toString(), text, found));
        found.all().stream().map(Mistake::toString).forEach(mistakes::add);
        Map<String, Value> here = new LinkedHashMap<>();
        document.ifPresent(node -> {
            if (node instanceof Node.Table table) {
                table(table, "", here);
            } else {
                mistakes.add(
                        node.place() + ": " + node.title() + " stands here; settings are a table of keys and values");
            }
        });
        values.putAll(here);
    }

    private Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            mistakes.add(file + ": there is no such file; --settings names a YAML file");
        } catch (CharacterCodingException e) {
            mistakes.add(file + ": this is not UTF-8 text");
        } catch (IOException e) {
            mistakes.add(file + ": cannot be read: " + e);
        }
        return Optional.empty();
    }

    private void table(Node.Table table, String prefix, Map<String, Value> here) {
        table.entries().forEach((name, entry) -> entry(prefix.isEmpty() ? name : prefix + "." + name, entry, here));
    }

    private void entry(String path, Node.Entry entry, Map<String, Value> here) {
        Optional<Key> key = Key.at(path);
        boolean isWholeTable = key.filter(
                        known -> known.path().equals(path) && known.shape().isTable())
                .isPresent();
        if (entry.value() instanceof Node.Table table && (isWholeTable || (key.isEmpty() && Key.isAbove(path)))) {
            table(table, path, here);
        } else if (key.isEmpty()) {
            unknown(entry.place().toString(), path);
        } else if (isWholeTable) {
            mistakes.add(wrong(
                    path,
                    entry.place().toString(),
                    "is to be " + key.get().shape().title()));
        } else if (here.put(path, new Value(entry.place().toString(), entry.value())) != null) {
            mistakes.add(wrong(path, entry.place().toString(), "is said twice in this file"));
        }
    }

    void environment(Map<String, String> environment) {
        new TreeMap<>(environment).forEach((variable, text) -> {
            if (Key.isOurs(variable)) {
                Key.pathOf(variable)
                        .ifPresentOrElse(path -> put(path, variable, text), () -> unknownVariable(variable));
            }
        });
    }

    private void unknownVariable(String variable) {
        List<String> known = Arrays.stream(Key.values()).map(Key::variable).toList();
        mistakes.add(variable + ": this environment variable sets nothing" + Nearest.hint(variable, known));
    }

    void override(String assignment) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            mistakes.add("--set " + assignment + ": write it as --set key=value");
            return;
        }
        String path = assignment.substring(0, equals);
        String origin = "--set " + path;
        Optional<Key> key = Key.at(path);
        if (key.isEmpty()) {
            unknown(origin, path);
        } else {
            put(path, origin, assignment.substring(equals + 1));
        }
    }

    private void put(String path, String origin, String text) {
        boolean isWholeTable = Key.at(path)
                .filter(key -> key.path().equals(path) && key.shape().isTable())
                .isPresent();
        if (isWholeTable) {
            mistakes.add(wrong(path, origin, "is a table; set one entry of it: " + path + ".NAME"));
        } else {
            values.put(path, new Value(origin, new Node.Scalar(new Place(origin, 0), text)));
        }
    }

    private void unknown(String origin, String path) {
        mistakes.add(wrong(path, origin, "there is no such setting" + Nearest.hint(path, Key.paths())));
    }

    static String wrong(String path, String origin, String text) {
        return path + " (" + origin + "): " + text;
    }
}
