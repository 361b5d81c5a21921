package io.signalbox.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text of the catalog's author with {@code {name}} in it. What a person said is put in as it is and never read again. */
public final class Template {
    private static final Pattern PLACE = Pattern.compile("\\{([a-z][A-Za-z0-9._-]*)}");

    private Template() {}

    /** Throws {@link IllegalArgumentException} for a name without a value: the loader has checked them all. */
    public static String fill(String template, Map<String, String> values) {
        return PLACE.matcher(template).replaceAll(place -> {
            String value = values.get(place.group(1));
            if (value == null) {
                throw new IllegalArgumentException("'" + template + "' needs a value for " + place.group());
            }
            return Matcher.quoteReplacement(value);
        });
    }

    /** The name, where the template is one place and nothing else. */
    public static Optional<String> single(String template) {
        Matcher place = PLACE.matcher(template);
        return place.matches() ? Optional.of(place.group(1)) : Optional.empty();
    }

    /** What is left of a template without its places. */
    static String rest(String template) {
        return PLACE.matcher(template).replaceAll("");
    }

    /** The names in this template, in order, with repetitions. */
    public static List<String> names(String template) {
        return PLACE.matcher(template).results().map(place -> place.group(1)).toList();
    }
}
