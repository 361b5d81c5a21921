package io.signalbox.gate.walk;

import io.signalbox.brain.Fragment;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The program and these walks once more, with another text in one of the program's scripts. */
final class ChangedTexts extends URLClassLoader {
    private ChangedTexts(URL[] places) {
        super(places, ChangedTexts.class.getClassLoader());
    }

    /** {@code script} as in {@code gate/lock.lua}; {@code before} must be in it once. */
    static ChangedTexts in(Path folder, String script, String before, String after) throws IOException {
        String name = "io/signalbox/" + script;
        try (InputStream in =
                Objects.requireNonNull(Fragment.class.getClassLoader().getResourceAsStream(name))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (text.split(Pattern.quote(before), -1).length != 2) {
                throw new AssertionError(script + " does not hold this once: " + before);
            }
            Path changed = folder.resolve(name);
            Files.createDirectories(changed.resolveSibling("."));
            Files.writeString(changed, text.replace(before, after));
        }
        return new ChangedTexts(new URL[] {folder.toUri().toURL(), home(WalksIT.class), home(Fragment.class)});
    }

    private static URL home(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    private static boolean isOurs(String name) {
        return name.startsWith("io.signalbox.") || name.startsWith("io/signalbox/");
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            return isOurs(name) ? findClass(name) : super.loadClass(name, resolve);
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        return isOurs(name) ? findResource(name) : super.getResource(name);
    }
}
