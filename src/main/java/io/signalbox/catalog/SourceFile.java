package io.signalbox.catalog;

import io.signalbox.notation.Mistakes;
import io.signalbox.notation.Place;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A file of the catalog.
 *
 * @param name as people know it: relative to the project folder
 * @param aboutBot whether it is the bot's own, with the words about the bot
 */
record SourceFile(String name, String text, boolean aboutBot) {
    private static final String WORDS = "words.yml";

    /** The bot's own file, then these; a folder stands for the files in it, by name. */
    static List<SourceFile> all(Path code, List<Path> files, Mistakes mistakes) {
        List<SourceFile> found = new ArrayList<>();
        found.add(new SourceFile(WORDS, words(), true));
        for (Path file : files) {
            for (Path each : inside(code, file, mistakes)) {
                try {
                    found.add(new SourceFile(name(code, each), Files.readString(each), false));
                } catch (CharacterCodingException e) {
                    mistakes.add(top(code, each), "this is not UTF-8 text");
                } catch (IOException e) {
                    mistakes.add(top(code, each), "this cannot be read: " + e);
                }
            }
        }
        return found;
    }

    /** SHA-256 in hex of names and texts, in this order. */
    static String hash(List<SourceFile> files) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        for (SourceFile file : files) {
            for (String part : List.of(file.name, file.text)) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
                digest.update(bytes);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static List<Path> inside(Path code, Path file, Mistakes mistakes) {
        if (!Files.isDirectory(file)) {
            return List.of(file);
        }
        try (Stream<Path> children = Files.list(file)) {
            List<Path> found = children.filter(
                            each -> each.toString().matches(".*\\.ya?ml") && Files.isRegularFile(each))
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                mistakes.add(top(code, file), "there is no .yml file in this folder");
            }
            return found;
        } catch (IOException e) {
            mistakes.add(top(code, file), "this folder cannot be read: " + e);
            return List.of();
        }
    }

    private static Place top(Path code, Path file) {
        return new Place(name(code, file), 1);
    }

    private static String name(Path code, Path file) {
        return (file.startsWith(code) ? code.relativize(file) : file).toString();
    }

    private static String words() {
        try (InputStream in = Objects.requireNonNull(SourceFile.class.getResourceAsStream(WORDS), WORDS)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
