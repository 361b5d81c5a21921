package io.signalbox.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LineReaderTest {
    private final Path file;

    LineReaderTest(@TempDir Path folder) {
        file = folder.resolve("events.jsonl");
    }

    @Test
    void handsOverALineWhenItIsComplete() throws IOException {
        LineReader reader = new LineReader(file);
        assertThat(read(reader)).isEmpty();
        append("one\ntw");
        assertThat(read(reader)).containsExactly("one");
        append("ö\n\nthree");
        assertThat(read(reader)).containsExactly("twö", "");
        assertThat(read(reader)).isEmpty();
        append("\n");
        assertThat(read(reader)).containsExactly("three");
    }

    @Test
    void passesOverALineThatIsTooLongToMeanAnything() throws IOException {
        append("before\n" + "x".repeat(3 << 20) + "\nafter\n");

        assertThat(read(new LineReader(file))).containsExactly("before", "after");
    }

    @Test
    void aHundredMegabytesAreFollowedInThirtyTwoOfMemory() throws Exception {
        String event = "{\"event\":\"ok\",\"host\":\"web1\",\"task\":\"Talk\",\"msg\":\"" + "m".repeat(1900) + "\"}\n";
        int events = (60 << 20) / event.length();
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (int n = 0; n < events; n++) {
                writer.write(event);
            }
            for (int n = 0; n < 40; n++) {
                writer.write("y".repeat(1 << 20));
            }
            writer.write("\n" + event);
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx32m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReadInLittleMemory.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(said.lines().reduce((first, second) -> second)).hasValue((events + 1) + " " + event.length());
        assertThat(process.waitFor()).isZero();
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static List<String> read(LineReader reader) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean more = true;
        while (more) {
            more = reader.read(lines::add);
        }
        return lines;
    }
}
