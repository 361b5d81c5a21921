package io.signalbox.catalog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The arguments of one command.
 *
 * @param possible everything that can be said in it
 * @param certain those that are known whichever way it is said: they are in each sentence, or have a default
 */
record CommandArguments(Map<String, ArgumentType> possible, Set<String> certain) {
    static CommandArguments of(List<Sentence> sentences) {
        Map<String, ArgumentType> possible = new LinkedHashMap<>();
        sentences.forEach(sentence -> sentence.words().stream()
                .flatMap(word -> word.arguments().stream())
                .forEach(type -> possible.put(type.name(), type)));
        Set<String> certain = new TreeSet<>();
        possible.forEach((name, type) -> {
            boolean always =
                    sentences.stream().allMatch(sentence -> sentence.arguments().contains(name));
            if (always || type.standard().isPresent()) {
                certain.add(name);
            }
        });
        return new CommandArguments(possible, certain);
    }
}
