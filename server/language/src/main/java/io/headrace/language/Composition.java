package io.headrace.language;

import io.headrace.language.schema.Level;
import io.headrace.language.schema.Schema;
import io.headrace.language.yaml.Mark;
import io.headrace.language.yaml.SourceText;
import io.headrace.language.yaml.YamlNode;
import io.headrace.language.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes one map of all that a pipeline is written in: the documents of its file, what it extends
 * and what it includes.
 */
final class Composition {

    private static final int MAX_DEPTH = 5;
    private static final int MAX_FILES = 50;
    private static final int MAX_BYTES = 1 << 20;

    /** Maps of which every file may hold a part. */
    private static final Set<String> SHARED = Set.of("jobs", "parameters", "global_env");

    /** What jobs are made of. */
    private static final Set<String> WORK = Set.of("jobs", "projects");

    private final Includes includes;
    private final Problems problems;
    private final List<String> open = new ArrayList<>();

    Composition(Includes includes, Problems problems) {
        this.includes = includes;
        this.problems = problems;
    }

    /**
     * Returns null if there is nothing that a pipeline could be made of.
     *
     * @param output what a job wrote that generates the rest; null if none has run
     */
    @Nullable YamlNode compose(SourceText source, @Nullable String output) {
        open.add(source.file());
        var whole = document(source, false);
        return output != null && whole instanceof YamlNode.Mapping map
                ? generating(map, output)
                : whole;
    }

    private YamlNode.@Nullable Mapping generating(YamlNode.Mapping whole, String output) {
        var source = problems.add(Pipeline.Generator.OUTPUT, output);
        if (output.isBlank()) {
            problems.top()
                    .error(
                            ProblemCode.EMPTY,
                            Mark.START.in(source.index()),
                            "'generate' wrote no pipeline",
                            "write it to the file that HEADRACE_PIPELINE names, such as"
                                    + " ./generate > \"$HEADRACE_PIPELINE\"; 'jobs: {}' means that"
                                    + " there is nothing to do");
            return null;
        }
        if (!(document(source, true) instanceof YamlNode.Mapping rest)) {
            return null;
        }
        var fitting = new ArrayList<YamlNode.Entry>();
        for (var entry : rest.entries()) {
            var name = canonical(entry, Schema.PIPELINE);
            var fix = refusal(name);
            if (fix != null) {
                problems.top()
                        .error(
                                ProblemCode.INCLUDE,
                                entry.key().mark(),
                                "the output of 'generate' can't have the key '%s'"
                                        .formatted(Values.shown(entry.key().text())),
                                fix);
            } else if (!isOwn(name)) {
                fitting.add(entry);
            }
        }
        var all = add(whole, new YamlNode.Mapping(fitting, rest.mark()), true);
        if (byName(all, Schema.PIPELINE).keySet().stream().noneMatch(WORK::contains)) {
            problems.top()
                    .error(
                            ProblemCode.MISSING_KEY,
                            Mark.START.in(source.index()),
                            "'jobs' is missing",
                            "add it; 'jobs: {}' means that there is nothing to do");
        }
        return all;
    }

    /** Returns what to do about a key that the output can't have; null if it can. */
    private static @Nullable String refusal(String name) {
        return switch (name) {
            case "generate" -> "write the jobs themselves: what is generated can't generate more";
            case "on" -> "put it into the pipeline file: it is read before a run starts";
            case "parameters" ->
                    "put it into the pipeline file: values are given when a run starts";
            default -> null;
        };
    }

    private @Nullable YamlNode document(SourceText source, boolean included) {
        var yaml = YamlReader.read(source);
        yaml.problems().forEach(problem -> problems.add(problem, source));
        if (yaml.roots().isEmpty()) {
            if (yaml.problems().isEmpty()) {
                problems.top()
                        .error(
                                ProblemCode.EMPTY,
                                Mark.START.in(source.index()),
                                "the file is empty",
                                "write a pipeline with 'name' and 'jobs'");
            }
            return null;
        }
        var first = yaml.roots().getFirst();
        if (!(first instanceof YamlNode.Mapping whole)) {
            return included ? notAMap(first, null) : first;
        }
        for (var next : yaml.roots().subList(1, yaml.roots().size())) {
            if (next instanceof YamlNode.Mapping map) {
                whole = add(whole, map, true);
            } else {
                notAMap(next, null);
            }
        }
        whole = including(whole);
        return extending(whole);
    }

    private @Nullable YamlNode notAMap(YamlNode node, @Nullable YamlNode otherwise) {
        problems.top()
                .error(
                        ProblemCode.WRONG_TYPE,
                        node.mark(),
                        "the file must be a map, but it is %s".formatted(node.kind()),
                        "begin with the lines 'name: …' and 'jobs:'");
        return otherwise;
    }

    private YamlNode.Mapping including(YamlNode.Mapping map) {
        var whole = map;
        for (var path : paths(map, "include")) {
            if (file(path) instanceof YamlNode.Mapping other) {
                whole = add(whole, other, false);
            }
        }
        return whole;
    }

    private YamlNode.Mapping extending(YamlNode.Mapping map) {
        var whole = map;
        for (var path : paths(map, "extends").reversed()) {
            if (file(path) instanceof YamlNode.Mapping base) {
                whole = over(whole, base);
            }
        }
        return whole;
    }

    /** A file to read, and where it is named. */
    private record Wanted(
            @Nullable String repository, @Nullable String ref, String path, Mark mark) {

        String shown() {
            return repository == null ? path : "%s:%s".formatted(at(), path);
        }

        /** Returns the repository, and which commit of it is meant. */
        String at() {
            return ref == null ? String.valueOf(repository) : "%s@%s".formatted(repository, ref);
        }
    }

    private List<Wanted> paths(YamlNode.Mapping map, String key) {
        var wanted = new ArrayList<Wanted>();
        for (var entry : map.entries()) {
            if (entry.key().text().equals(key)) {
                var items =
                        entry.value() instanceof YamlNode.Sequence(var list, _)
                                ? list
                                : List.of(entry.value());
                for (var item : items) {
                    switch (item) {
                        case YamlNode.Scalar scalar when !scalar.isNull() ->
                                wanted.add(new Wanted(null, null, scalar.text(), scalar.mark()));
                        case YamlNode.Mapping source -> {
                            var one = of(source, key);
                            if (one != null) {
                                wanted.add(one);
                            }
                        }
                        default ->
                                problems.top()
                                        .error(
                                                ProblemCode.WRONG_TYPE,
                                                item.mark(),
                                                "'%s' names files, but this is %s"
                                                        .formatted(key, item.kind()),
                                                "write a path, such as ci/base.yml");
                    }
                }
            }
        }
        return wanted;
    }

    /** Returns null after reporting that it names no repository. */
    private @Nullable Wanted of(YamlNode.Mapping source, String key) {
        // What it can't have is told here: nobody else looks at it.
        var fields = new Fields(source, source.mark(), Schema.FILE, problems.top().in(key));
        var texts = new LinkedHashMap<String, String>();
        for (var entry : source.entries()) {
            if (entry.value() instanceof YamlNode.Scalar scalar) {
                texts.put(entry.key().text(), scalar.text());
            }
        }
        if (!fields.has("repository")) {
            problems.miss();
            // A key that is misspelt was told, with the nearest that there is.
            if (source.entries().stream()
                    .allMatch(entry -> Schema.FILE.key(entry.key().text()) != null)) {
                fields.require("repository", "add 'repository', or write the path alone");
            }
            return null;
        }
        return new Wanted(
                texts.get("repository"),
                texts.get("ref"),
                texts.getOrDefault("path", ""),
                source.mark());
    }

    private @Nullable YamlNode file(Wanted wanted) {
        var shown = wanted.shown();
        if (open.contains(shown)) {
            error(
                    wanted,
                    ProblemCode.INCLUDE_LOOP,
                    "files include each other: %s → %s"
                            .formatted(
                                    String.join(
                                            " → ", open.subList(open.indexOf(shown), open.size())),
                                    shown),
                    "remove one of these 'include' or 'extends'");
            return null;
        }
        if (open.size() > MAX_DEPTH) {
            error(
                    wanted,
                    ProblemCode.INCLUDE,
                    "files include each other more than %d deep: %s"
                            .formatted(MAX_DEPTH, String.join(" → ", open)),
                    "include the last of them directly");
            return null;
        }
        if (problems.sources().size() > MAX_FILES) {
            error(
                    wanted,
                    ProblemCode.INCLUDE,
                    "the pipeline consists of more than %d files".formatted(MAX_FILES),
                    "put several of them into one");
            return null;
        }
        var flaw = wanted.path().isEmpty() ? "has no 'path'" : Paths.flaw(wanted.path());
        if (flaw != null) {
            error(
                    wanted,
                    ProblemCode.BAD_PATH,
                    "path '%s' %s"
                            .formatted(
                                    Values.shown(wanted.path()),
                                    flaw.replace("workspace", "repository")),
                    "write a path from the root of the repository, without '..'");
            return null;
        }
        var repository = wanted.repository();
        var read =
                repository == null
                        ? includes.read(null, wanted.path())
                        : includes.read(repository, wanted.ref(), wanted.path());
        var text = read.text();
        var commit = read.commit();
        if (commit != null) {
            problems.pin(wanted.at(), commit);
        }
        if (text == null) {
            error(
                    wanted,
                    ProblemCode.INCLUDE,
                    "'%s' can't be read: %s".formatted(Values.shown(shown), read.refusal()),
                    "check the path; only files of this repository, or of one that the server"
                            + " allows, can be read");
            return null;
        }
        if (text.length() > MAX_BYTES || text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            error(
                    wanted,
                    ProblemCode.TOO_LARGE,
                    "'%s' is larger than 1 MiB".formatted(Values.shown(shown)),
                    "split it");
            return null;
        }
        open.add(shown);
        var node = document(problems.add(shown, text), true);
        open.removeLast();
        return node;
    }

    private void error(Wanted wanted, ProblemCode code, String message, String fix) {
        problems.miss();
        problems.top().error(code, wanted.mark(), message, fix);
    }

    /**
     * Adds what another file or document holds.
     *
     * @param all whether it may hold any key, or only parts of shared maps
     */
    private YamlNode.Mapping add(YamlNode.Mapping whole, YamlNode.Mapping other, boolean all) {
        var entries = byName(whole, Schema.PIPELINE);
        for (var entry : other.entries()) {
            var name = canonical(entry, Schema.PIPELINE);
            var own = entries.get(name);
            if (SHARED.contains(name)
                    && (own == null || own.value() instanceof YamlNode.Mapping)
                    && entry.value() instanceof YamlNode.Mapping more) {
                entries.put(name, own == null ? entry : shared(own, more));
            } else if (!all && !name.startsWith("x-") && !isOwn(name)) {
                problems.top()
                        .error(
                                ProblemCode.INCLUDE,
                                entry.key().mark(),
                                "an included file can't have the key '%s'"
                                        .formatted(Values.shown(entry.key().text())),
                                "put it into the file that includes it, or use 'extends'");
            } else if (own != null && all) {
                twice(entry, own);
            } else if (own == null && !(isOwn(name) && !all)) {
                entries.put(name, entry);
            }
        }
        return new YamlNode.Mapping(List.copyOf(entries.values()), whole.mark());
    }

    /** Keys that each file has for itself. */
    private static boolean isOwn(String name) {
        return switch (name) {
            case "name", "include", "extends" -> true;
            default -> false;
        };
    }

    private YamlNode.Entry shared(YamlNode.Entry own, YamlNode.Mapping more) {
        var map = (YamlNode.Mapping) own.value();
        var entries = new LinkedHashMap<String, YamlNode.Entry>();
        map.entries().forEach(entry -> entries.put(entry.key().text(), entry));
        for (var entry : more.entries()) {
            var earlier = entries.putIfAbsent(entry.key().text(), entry);
            if (earlier != null) {
                twice(entry, earlier);
            }
        }
        return new YamlNode.Entry(
                own.key(), new YamlNode.Mapping(List.copyOf(entries.values()), map.mark()));
    }

    private void twice(YamlNode.Entry entry, YamlNode.Entry earlier) {
        var where = earlier.key().mark();
        problems.top()
                .error(
                        ProblemCode.DUPLICATE_KEY,
                        entry.key().mark(),
                        "'%s' is given twice; it is already on line %d%s"
                                .formatted(
                                        Values.shown(entry.key().text()),
                                        where.line(),
                                        where.source() == entry.key().mark().source()
                                                ? ""
                                                : " of " + problems.source(where).file()),
                        "keep one of the two");
    }

    /** Lays a map over a base: its keys win, shared maps and jobs are merged. */
    private static YamlNode.Mapping over(YamlNode.Mapping map, YamlNode.Mapping base) {
        var entries = byName(base, Schema.PIPELINE);
        entries.remove("include");
        entries.remove("extends");
        byName(map, Schema.PIPELINE)
                .forEach((name, entry) ->
                        entries.merge(
                                name,
                                entry,
                                (below, own) ->
                                        SHARED.contains(name)
                                                ? merged(own, below, name.equals("jobs"))
                                                : own));
        return new YamlNode.Mapping(List.copyOf(entries.values()), map.mark());
    }

    private static YamlNode.Entry merged(YamlNode.Entry own, YamlNode.Entry below, boolean jobs) {
        if (!(own.value() instanceof YamlNode.Mapping over)
                || !(below.value() instanceof YamlNode.Mapping under)) {
            return own;
        }
        var entries = new LinkedHashMap<String, YamlNode.Entry>();
        under.entries().forEach(entry -> entries.put(entry.key().text(), entry));
        for (var entry : over.entries()) {
            entries.merge(
                    entry.key().text(), entry, (base, mine) -> jobs ? mergedJob(mine, base) : mine);
        }
        return new YamlNode.Entry(
                own.key(), new YamlNode.Mapping(List.copyOf(entries.values()), over.mark()));
    }

    private static YamlNode.Entry mergedJob(YamlNode.Entry own, YamlNode.Entry below) {
        if (!(own.value() instanceof YamlNode.Mapping over)
                || !(below.value() instanceof YamlNode.Mapping under)) {
            return own;
        }
        var entries = byName(under, Schema.JOB);
        entries.putAll(byName(over, Schema.JOB));
        return new YamlNode.Entry(
                own.key(), new YamlNode.Mapping(List.copyOf(entries.values()), over.mark()));
    }

    private static Map<String, YamlNode.Entry> byName(YamlNode.Mapping map, Level level) {
        var entries = new LinkedHashMap<String, YamlNode.Entry>();
        for (var entry : map.entries()) {
            // A second spelling stays, and is reported by who reads the map.
            if (entries.putIfAbsent(canonical(entry, level), entry) != null) {
                entries.put(entry.key().text() + " ", entry);
            }
        }
        return entries;
    }

    private static String canonical(YamlNode.Entry entry, Level level) {
        var key = level.key(entry.key().text());
        return key == null ? entry.key().text() : key.name();
    }
}
