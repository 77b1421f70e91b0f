package io.headrace.language;

import io.headrace.language.yaml.Mark;
import io.headrace.language.yaml.SourceText;
import io.headrace.language.yaml.YamlPaths;
import io.headrace.language.yaml.YamlProblem;
import io.headrace.language.yaml.YamlReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects what is wrong with one file. For one thread. */
final class Problems {

    /** More would only hide the first ones; what is left shows when these are mended. */
    private static final int MAX = 1000;

    private static final Comparator<PipelineProblem> ORDER =
            PipelineProblem.BY_PLACE
                    .thenComparing(PipelineProblem::code)
                    .thenComparing(PipelineProblem::message);

    private final List<SourceText> sources = new ArrayList<>();
    // A set, because a job that an alias repeats has the same problem at the same place again.
    private final LinkedHashSet<PipelineProblem> found = new LinkedHashSet<>();

    private final LinkedHashSet<String> blockers = new LinkedHashSet<>();

    private final Map<String, String> pins = new TreeMap<>();

    private boolean incomplete;

    Problems(SourceText source) {
        sources.add(source);
    }

    Problems(List<SourceText> sources) {
        this.sources.addAll(sources);
    }

    /** Adds a file, and returns its text with the number that marks in it have. */
    SourceText add(String file, String text) {
        var source = new SourceText(sources.size(), file, text);
        sources.add(source);
        return source;
    }

    SourceText source(Mark mark) {
        return sources.get(mark.source());
    }

    /** Returns the files that were read, the pipeline's own first. */
    List<SourceText> sources() {
        return List.copyOf(sources);
    }

    /** Notes something that this server can't do, and without which no run may start. */
    void block(String what) {
        blockers.add(what);
    }

    /** Notes that a part of the pipeline could not be had. */
    void miss() {
        incomplete = true;
    }

    /** Tells whether there may be more than was read. */
    boolean incomplete() {
        return incomplete;
    }

    /** Notes which commit of another repository was read. */
    void pin(String repository, String commit) {
        pins.put(repository, commit);
    }

    Map<String, String> pins() {
        return pins;
    }

    List<String> blockers() {
        return List.copyOf(blockers);
    }

    /** Returns a reporter of problems at the top level. */
    Report top() {
        return new Report(this, "", null, null);
    }

    /** Tells whether no more problems are taken, so that there is no point in looking for any. */
    boolean full() {
        return found.size() >= MAX;
    }

    boolean haveErrors() {
        return found.stream().anyMatch(p -> p.severity() == PipelineProblem.Severity.ERROR);
    }

    List<PipelineProblem> sorted() {
        // Some keys are read for two purposes: what is wrong with them is told once.
        var told = new HashSet<List<Object>>();
        var sorted = new ArrayList<>(found);
        sorted.removeIf(each ->
                !told.add(List.of(each.file(), each.line(), each.column(), each.message())));
        sorted.sort(ORDER);
        return placed(sorted);
    }

    /** Adds the keys that lead to the places; only then the files are looked at again. */
    private List<PipelineProblem> placed(List<PipelineProblem> all) {
        var paths = new HashMap<String, YamlPaths>();
        return all.stream()
                .map(problem ->
                        problem.at(
                                paths.computeIfAbsent(problem.file(), this::paths)
                                        .at(
                                                new Mark(
                                                        problem.line(),
                                                        problem.column(),
                                                        problem.length()))))
                .toList();
    }

    private YamlPaths paths(String file) {
        return sources.stream()
                .filter(source -> source.file().equals(file))
                .findFirst()
                .map(source -> new YamlPaths(YamlReader.read(source).roots()))
                .orElseGet(() -> new YamlPaths(List.of()));
    }

    void add(YamlProblem problem, SourceText source) {
        var code =
                switch (problem.kind()) {
                    case SYNTAX -> ProblemCode.SYNTAX;
                    case TAB -> ProblemCode.TAB;
                    case QUOTE -> ProblemCode.QUOTE;
                    case INDENTATION -> ProblemCode.INDENTATION;
                    case COLON -> ProblemCode.COLON;
                    case ALIAS -> ProblemCode.ALIAS;
                    case DUPLICATE_KEY -> ProblemCode.DUPLICATE_KEY;
                    case TOO_LARGE -> ProblemCode.TOO_LARGE;
                    case UNSUPPORTED -> ProblemCode.UNSUPPORTED_YAML;
                };
        add(
                code,
                PipelineProblem.Severity.ERROR,
                top(),
                problem.mark().in(source.index()),
                problem.message(),
                problem.fix());
    }

    void add(
            ProblemCode code,
            PipelineProblem.Severity severity,
            Report where,
            Mark mark,
            String message,
            String fix) {
        if (full()) {
            return;
        }
        found.add(
                new PipelineProblem(
                        source(mark).file(),
                        mark.line(),
                        mark.column(),
                        mark.length(),
                        code.id(),
                        severity,
                        where.context(),
                        where.job(),
                        where.step(),
                        "",
                        message,
                        fix,
                        code.page(),
                        source(mark).line(mark.line())));
    }
}
