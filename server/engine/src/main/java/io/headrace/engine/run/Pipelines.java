package io.headrace.engine.run;

import io.headrace.language.Includes;
import io.headrace.language.Limits;
import io.headrace.language.Pipeline;
import io.headrace.language.PipelineParser;
import io.headrace.language.PipelineProblem;
import io.headrace.language.Plan;
import io.headrace.language.PlanEvent;
import io.headrace.language.Planner;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Reads pipeline files and plans them. Makes no outbound call. Any number of threads may use it.
 */
public final class Pipelines {

    /** Characters; what is made of them takes some ten times as many bytes. */
    private static final long REMEMBERED = 1 << 20;

    private final PipelineParser parser;
    private final ParsedFiles<ByteBuffer> parsed = new ParsedFiles<>(REMEMBERED);
    private final Planner planner;
    private final Planner.Workers workers;

    /** A pool and the labels that a job asks for. */
    private record Wish(String pool, List<String> labels) {}

    /**
     * @param limits how much a pipeline may ask for
     * @param workers whose lack is warned of; asked by any thread
     */
    public Pipelines(Limits limits, Planner.Workers workers) {
        this.parser = new PipelineParser(limits);
        this.planner = new Planner(limits.undefined());
        this.workers = workers;
    }

    /**
     * What came of a file.
     *
     * @param plan null if there is an error among the problems
     * @param problems sorted by line, warnings included
     */
    public record Planned(@Nullable Plan plan, List<PipelineProblem> problems) {

        public Planned {
            problems = List.copyOf(problems);
        }
    }

    /** Parses a text that includes no other files; see {@link #parse(String, String, Includes)}. */
    public PipelineParser.Result parse(String file, String text) {
        return parse(file, text, Includes.NONE);
    }

    /**
     * Parses a text; see {@link PipelineParser}. One that asks for no other file is known by its
     * hash: most commits leave the pipeline file as it is.
     */
    public PipelineParser.Result parse(String file, String text, Includes includes) {
        var hash = ParsedFiles.hash(file, text);
        var known = parsed.find(hash);
        if (known != null) {
            return known;
        }
        var asked = new AtomicBoolean();
        var result =
                parser.parse(
                        file,
                        text,
                        new Includes() {
                            @Override
                            public Included read(@Nullable String repository, String path) {
                                asked.set(true);
                                return includes.read(repository, path);
                            }

                            @Override
                            public Included read(
                                    String repository, @Nullable String ref, String path) {
                                asked.set(true);
                                return includes.read(repository, ref, path);
                            }
                        });
        if (!asked.get()) {
            parsed.add(hash, result, text.length());
        }
        return result;
    }

    /**
     * Parses a text together with what its {@code generate} wrote; see {@link PipelineParser}.
     * Nothing of it is remembered.
     */
    public PipelineParser.Result parseGenerated(
            String file, String text, Includes includes, String output) {
        return parser.parse(file, text, includes, output);
    }

    /** Plans what {@link #parse} returned. */
    public Planned plan(PipelineParser.Result parsed, PlanEvent event) {
        Pipeline pipeline = parsed.pipeline();
        if (pipeline == null) {
            return new Planned(null, parsed.problems());
        }
        // Large pipelines ask for the same few places over and over.
        var answers = new HashMap<Wish, Boolean>();
        var asked =
                new Planner.Workers() {
                    @Override
                    public boolean canTake(String pool, List<String> labels) {
                        return answers.computeIfAbsent(
                                new Wish(pool, labels),
                                wish -> workers.canTake(wish.pool(), wish.labels()));
                    }

                    @Override
                    public Planner.@Nullable Offer offer() {
                        return workers.offer();
                    }
                };
        var result = planner.plan(pipeline, event, asked);
        var problems = new ArrayList<>(parsed.problems());
        problems.addAll(result.problems());
        problems.sort(PipelineProblem.BY_PLACE);
        return new Planned(result.plan(), problems);
    }

    /** Parses and plans a text. */
    public Planned plan(String file, String text, PlanEvent event) {
        return plan(parse(file, text), event);
    }
}
