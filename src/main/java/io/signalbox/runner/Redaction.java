package io.signalbox.runner;

import io.vertx.core.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Takes secrets out of texts that people or the audit log will see: those that are known, and what has the form of one. */
public final class Redaction {
    public static final String INSTEAD = "(secret)";
    private static final int SHORTEST = 4;
    private static final List<Pattern> WHOLE = List.of(
            Pattern.compile("(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|$)"),
            Pattern.compile("\\b(AKIA|ASIA)[A-Z0-9]{16}\\b"),
            Pattern.compile("\\bgh[pousr]_[A-Za-z0-9]{20,}"),
            Pattern.compile("\\bxox[a-z]-[A-Za-z0-9-]{10,}"),
            Pattern.compile("\\beyJ[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+"));
    /** The first group stays, what follows it goes. */
    private static final List<Pattern> AFTER = List.of(
            Pattern.compile("(?i)(\\b(?:bearer|basic)\\s+)[A-Za-z0-9+/=._~-]{8,}"),
            Pattern.compile("(://[^/\\s:@]{1,80}:)[^/\\s@]{1,200}(?=@)"),
            Pattern.compile("(?i)((?:password|passwd|passphrase|secret|token|api_?key|access_?key)"
                    + "[\"']?\\s*[:=]\\s*[\"']?)(?!\\(secret\\))[^\\s\"',}{]{3,}"));

    private static final String WITHHELD = "(not shown, since the secrets to take out cannot be read)";

    private final List<String> known;
    private final boolean withholds;

    private Redaction(List<String> known, boolean withholds) {
        this.known = known;
        this.withholds = withholds;
    }

    /** Shows nothing at all: for when it is not known what would have to be taken out. */
    static Redaction withholding() {
        return new Redaction(List.of(), true);
    }

    /** {@code secrets} also in the forms that they take in URLs and JSON; a long one of several lines line by line. */
    public static Redaction knowing(Collection<String> secrets) {
        Set<String> forms = new TreeSet<>(
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        secrets.stream()
                .flatMap(secret ->
                        Stream.concat(Stream.of(secret.strip()), secret.lines().map(String::strip)))
                .filter(secret -> secret.length() >= SHORTEST)
                .forEach(secret -> {
                    String json = Json.encode(secret);
                    forms.add(secret);
                    forms.add(json.substring(1, json.length() - 1));
                    forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
                });
        return new Redaction(List.copyOf(forms), false);
    }

    public String clean(String text) {
        if (withholds) {
            return text.isBlank() ? text : WITHHELD;
        }
        String clean = text;
        for (String secret : known) {
            clean = clean.replace(secret, INSTEAD);
        }
        for (Pattern pattern : WHOLE) {
            clean = pattern.matcher(clean).replaceAll(INSTEAD);
        }
        for (Pattern pattern : AFTER) {
            clean = pattern.matcher(clean).replaceAll("$1" + INSTEAD);
        }
        return clean;
    }

    public List<String> clean(List<String> lines) {
        return lines.stream().map(this::clean).toList();
    }
}
