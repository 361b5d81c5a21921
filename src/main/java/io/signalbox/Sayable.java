package io.signalbox;

import io.signalbox.bus.Person;
import io.signalbox.catalog.Catalog;
import io.signalbox.catalog.CatalogLoader;
import io.signalbox.catalog.CronLine;
import io.signalbox.language.Interpretation;
import io.signalbox.language.Interpreter;
import java.util.Optional;

/** Whether a schedule of the catalog says something that the catalog understands, and that may come by itself. */
final class Sayable implements CatalogLoader.Sayable {
    @Override
    public Optional<String> problem(Catalog catalog, String schedule, String words) {
        Person by = new Person(CronLine.SERVICE + ":" + schedule, schedule);
        Interpretation meaning = new Interpreter(catalog).interpret(words, by);
        if (meaning instanceof Interpretation.Misunderstood misunderstood) {
            return Optional.of(misunderstood.problem());
        }
        String command = ((Interpretation.Understood) meaning).instruction().command();
        return catalog.command(command).startsProcess()
                ? Optional.empty()
                : Optional.of("it is a word about the bot, and only what starts a process can be scheduled");
    }
}
