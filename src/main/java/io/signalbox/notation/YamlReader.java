package io.signalbox.notation;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Reads one YAML document into nodes. Aliases and second documents are refused: a reader would overlook them. */
public final class YamlReader {
    private final String file;
    private final Mistakes mistakes;
    private final YAMLParser parser;

    private YamlReader(String file, Mistakes mistakes, YAMLParser parser) {
        this.file = file;
        this.mistakes = mistakes;
        this.parser = parser;
    }

    /** The document; empty where the text holds nothing, or is no YAML, which is then among the mistakes. */
    public static Optional<Node> read(String file, String text, Mistakes mistakes) {
        try (YAMLParser parser = new YAMLFactory().createParser(text)) {
            return new YamlReader(file, mistakes, parser).document();
        } catch (JacksonException e) {
            mistakes.add(place(file, e), "this is not YAML: " + problem(e));
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The message without the excerpt: that may hold what nobody is to see. */
    private static String problem(JacksonException e) {
        return e.getCause() instanceof MarkedYAMLException marked
                ? marked.getProblem()
                : e.getOriginalMessage().lines().findFirst().orElse("it cannot be read");
    }

    private static Place place(String file, JacksonException e) {
        if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            return new Place(file, marked.getProblemMark().getLine() + 1);
        }
        return new Place(file, e.getLocation() == null ? 1 : e.getLocation().getLineNr());
    }

    private Optional<Node> document() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return Optional.empty();
        }
        Node document = node(first);
        if (parser.nextToken() != null) {
            mistakes.add(place(), "a second YAML document begins here; a file holds one");
        }
        return Optional.of(document);
    }

    private Place place() {
        return new Place(file, parser.currentTokenLocation().getLineNr());
    }

    private Node node(JsonToken token) throws IOException {
        if (parser.isCurrentAlias()) {
            mistakes.add(place(), "'*" + parser.getText() + "' is a YAML alias; write out what is meant");
        }
        return switch (token) {
            case START_OBJECT -> table();
            case START_ARRAY -> items();
            case VALUE_NULL -> new Node.Scalar(place(), "");
            default -> new Node.Scalar(place(), parser.getText());
        };
    }

    private Node table() throws IOException {
        Place begin = place();
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            Place place = place();
            Node.Entry before = entries.get(key);
            if (before != null) {
                mistakes.add(
                        place,
                        "'" + key + "' is written twice, first in line "
                                + before.place().line());
            }
            entries.put(key, new Node.Entry(place, node(parser.nextToken())));
        }
        return new Node.Table(begin, entries);
    }

    private Node items() throws IOException {
        Place begin = place();
        List<Node> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(node(token));
        }
        return new Node.Items(begin, items);
    }
}
