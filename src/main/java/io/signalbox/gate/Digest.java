package io.signalbox.gate;

import io.signalbox.bus.CommandId;
import io.signalbox.bus.Instruction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/** What is approved: SHA-256 over the canonical JSON of everything that decides what a command will do. */
final class Digest {
    private Digest() {}

    /** {@code facts} as {@link CanonicalJson#read} gives them; nothing here depends on time, paths or words of help. */
    static String of(
            CommandId id,
            Instruction instruction,
            String content,
            Map<String, String> commits,
            Map<String, String> repositories,
            @Nullable Object facts,
            List<String> consequences) {
        Map<String, @Nullable Object> pinned = new LinkedHashMap<>();
        pinned.put("id", id.value());
        pinned.put("command", instruction.command());
        pinned.put("arguments", instruction.arguments());
        pinned.put("commits", commits);
        pinned.put("repositories", repositories);
        pinned.put("content", content);
        pinned.put("facts", facts);
        pinned.put("consequences", consequences);
        return DigestUtils.sha256Hex(CanonicalJson.write(pinned));
    }
}
