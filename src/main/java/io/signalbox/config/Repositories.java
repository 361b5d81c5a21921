package io.signalbox.config;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The URL of each git repository, by the name that the catalog gives it. */
public record Repositories(Map<String, String> urls) {
    private static final Pattern WITH_PASSWORD = Pattern.compile("(?i)[a-z+]+://[^/@]*:[^/@]+@.*|https?://[^/@]+@.*");

    public Repositories {
        urls = Collections.unmodifiableMap(new TreeMap<>(urls));
        Rules rules = new Rules();
        urls.forEach((name, url) -> rules.demand(
                        !WITH_PASSWORD.matcher(url).matches(),
                        "repositories." + name,
                        "the URL holds a password or token, which plans and records would show;"
                                + " use git's credential store or an SSH key")
                .demand(
                        !url.startsWith("-") && !url.contains("::"),
                        "repositories." + name,
                        "this is no URL or path of a git repository"));
        rules.enforce();
    }
}
