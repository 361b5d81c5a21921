package io.signalbox.run;

import io.signalbox.notation.PlainText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The end of what a run has printed, however long it is, in a form that is harmless to show. */
final class LastLines {
    private static final int WINDOW = 32 * 1024;

    private LastLines() {}

    /** The last {@value #WINDOW} bytes without the line that they begin in; empty where there is no file. Blocks. */
    static String text(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long from = Math.max(0, channel.size() - WINDOW);
            ByteBuffer bytes = ByteBuffer.allocate(WINDOW);
            int length = 1;
            while (length > 0) {
                length = channel.read(bytes, from + bytes.position());
            }
            String text = StandardCharsets.UTF_8.decode(bytes.flip()).toString();
            int firstEnd = text.indexOf('\n');
            return from == 0 || firstEnd < 0 ? text : text.substring(firstEnd + 1);
        } catch (NoSuchFileException nothing) {
            return "";
        }
    }

    /** The last lines of a text that are not blank, each cut, without anything that moves a cursor. */
    static List<String> of(String text, int most) {
        return PlainText.lastLines(text, most);
    }
}
