package io.signalbox.catalog;

import io.signalbox.notation.Mistakes;
import io.signalbox.notation.Node;
import io.signalbox.notation.Place;
import io.signalbox.notation.YamlReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the words about the bot and the catalog's files into one catalog, or tells every mistake in them. */
public final class CatalogLoader {
    private static final List<String> KEYS = List.of("arguments", "commands", "schedules", "freezes", "policy");

    private final Path code;
    private final List<Path> files;
    private final Map<String, Duration> times;
    private final Sayable sayable;

    /**
     * {@code files}: files, and folders whose own {@code .yml} files count. Playbooks and inventories are below {@code code}.
     *
     * @param times others than the catalog's own, by the names that it gives them
     * @param sayable tells what is wrong with words that the catalog itself says
     */
    public CatalogLoader(Path code, List<Path> files, Map<String, Duration> times, Sayable sayable) {
        this.code = code;
        this.files = List.copyOf(files);
        this.times = Map.copyOf(times);
        this.sayable = sayable;
    }

    /** With the catalog's own times, for catalogs that say nothing themselves. */
    public CatalogLoader(Path code, List<Path> files) {
        this(code, files, Map.of(), (catalog, name, words) -> Optional.empty());
    }

    /** What is wrong with the words of a schedule of this name, if anything is. */
    public interface Sayable {
        Optional<String> problem(Catalog catalog, String schedule, String words);
    }

    /** Blocks while it reads; fails with {@link BadCatalog} or where a file cannot be read at all. */
    public Catalog load() throws BadCatalog {
        Mistakes mistakes = new Mistakes();
        Times named = new Times(times);
        List<SourceFile> sources = SourceFile.all(code, files, mistakes);
        List<Document> documents = documents(sources, mistakes);
        ArgumentReader arguments = new ArgumentReader(mistakes);
        documents.forEach(document -> document.fields().table("arguments").ifPresent(arguments::read));
        Map<String, CommandReader.Written> commands = new LinkedHashMap<>();
        CommandReader reader = new CommandReader(code, arguments.types(), mistakes, named);
        documents.forEach(document -> document.fields()
                .table("commands")
                .ifPresent(table -> table.entries()
                        .forEach((name, entry) -> reader.read(name, entry, document.aboutBot())
                                .ifPresent(written -> add(commands, written, mistakes)))));
        PolicyReader policy = new PolicyReader(mistakes);
        documents.forEach(document -> document.fields().entry("policy").ifPresent(policy::read));
        FreezeReader freezes = new FreezeReader(arguments.types(), mistakes);
        documents.forEach(document -> freezes.read(document.fields()));
        new Together(commands, mistakes).check();
        policy.written().ifPresent(written -> new PolicyRules(written, commands, mistakes).check());
        ScheduleReader schedules = new ScheduleReader(mistakes);
        documents.forEach(document -> document.fields().table("schedules").ifPresent(schedules::read));
        named.refuseUnknown(mistakes);
        if (!mistakes.isEmpty()) {
            throw new BadCatalog(mistakes.all());
        }
        Map<String, CommandSpec> specs = new LinkedHashMap<>();
        PolicySpec rules = policy.written().map(PolicyReader.Written::spec).orElse(PolicySpec.NONE);
        commands.forEach((name, written) -> specs.put(name, underPolicy(written.spec(), rules)));
        Catalog catalog = new Catalog(
                specs, arguments.types(), schedules.lines(), freezes.windows(), rules, SourceFile.hash(sources));
        schedules.refuseUnsayable(words -> sayable.problem(catalog, words.name(), words.say()));
        if (!mistakes.isEmpty()) {
            throw new BadCatalog(mistakes.all());
        }
        return catalog;
    }

    /** What {@link Catalog#sources} would be, whatever stands in the files. Blocks while it reads. */
    public String sources() throws BadCatalog {
        Mistakes mistakes = new Mistakes();
        List<SourceFile> sources = SourceFile.all(code, files, mistakes);
        if (!mistakes.isEmpty()) {
            throw new BadCatalog(mistakes.all());
        }
        return SourceFile.hash(sources);
    }

    /** Who may say these words is for the policy to tell. */
    private static CommandSpec underPolicy(CommandSpec spec, PolicySpec policy) {
        return switch (spec.name()) {
            case "grant", "revoke" -> spec.withRoles(policy.granting());
            case "break-glass" -> policy.breakGlass().isEmpty() ? spec : spec.withRoles(policy.breakGlass());
            default -> spec;
        };
    }

    private static void add(
            Map<String, CommandReader.Written> commands, CommandReader.Written written, Mistakes mistakes) {
        CommandReader.Written before = commands.putIfAbsent(written.spec().name(), written);
        if (before != null) {
            mistakes.add(
                    written.place(),
                    "there is a command '" + written.spec().name() + "' already, in " + before.place());
        }
    }

    /** One file; {@code aboutBot}: it is the bot's own. */
    private record Document(Fields fields, boolean aboutBot) {}

    private static List<Document> documents(List<SourceFile> sources, Mistakes mistakes) {
        List<Document> documents = new ArrayList<>();
        for (SourceFile file : sources) {
            Optional<Node> root = YamlReader.read(file.name(), file.text(), mistakes);
            Place top = new Place(file.name(), 1);
            if (root.isEmpty() && file.text().isBlank()) {
                mistakes.add(top, "the file is empty; it is to have 'commands:'");
            }
            root.flatMap(node -> Fields.of(file.name(), new Node.Entry(top, node), mistakes))
                    .ifPresent(fields -> {
                        fields.refuseOthersThan(KEYS);
                        documents.add(new Document(fields, file.aboutBot()));
                    });
        }
        return documents;
    }
}
