package io.headrace.engine.worker;

import io.headrace.api.Execution;
import io.headrace.api.ExecutionException;
import io.headrace.api.ScmException;
import io.headrace.engine.Refused;
import io.headrace.engine.log.LogLine;
import io.headrace.engine.log.LogWriter;
import io.headrace.engine.retry.Failure;
import io.headrace.engine.run.Claim;
import io.headrace.engine.run.Decision;
import io.headrace.engine.run.RunStore.Ending;
import io.headrace.engine.run.RunStore.Generated;
import io.headrace.language.Pipeline;
import io.headrace.language.PipelineParser;
import io.headrace.language.PipelineProblem;
import io.headrace.language.Plan;
import io.headrace.language.PlanEvent;
import io.headrace.language.PlanTerms;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The rest of a run's pipeline, which the run's first job writes to a file: where that is, what is
 * in it, and the plan that comes of it.
 */
final class GeneratedPipeline {

    /** Variable that holds the path of the file. */
    static final String VARIABLE = "HEADRACE_PIPELINE";

    /** What is read: enough to see that a file is too large. */
    private static final int MOST = PipelineParser.MAX_BYTES + 1;

    /** Room for the headers of an archive with one file. */
    private static final int HEADERS = 64 << 10;

    private final Claim claim;
    private final Tools tools;
    private final AttemptSecrets secrets;
    private final PlanTerms.Generation generation;

    /**
     * What came of it.
     *
     * @param ending of the attempt
     */
    record Result(Ending ending, Generated generated) {}

    private GeneratedPipeline(
            Claim claim, Tools tools, AttemptSecrets secrets, PlanTerms.Generation generation) {
        this.claim = claim;
        this.tools = tools;
        this.secrets = secrets;
        this.generation = generation;
    }

    /** Returns null if the attempt is not to generate anything. */
    static @Nullable GeneratedPipeline of(
            Claim claim, Tools tools, AttemptSecrets secrets, Plan plan) {
        var generation = plan.terms().generation();
        return generation == null || !generation.open() || !generation.job().equals(claim.key())
                ? null
                : new GeneratedPipeline(claim, tools, secrets, generation);
    }

    /**
     * Returns the file's name in the workspace. It belongs to the attempt: a file that was checked
     * out, or that an earlier attempt left, can't be mistaken for it.
     */
    String file() {
        return ".headrace-pipeline-%s.yml".formatted(claim.attempt());
    }

    /** Reads the file, and plans the run with it. */
    Result plan(PlanEvent event, Execution execution, LogWriter log)
            throws ExecutionException, IOException, InterruptedException, ScmException {
        var decision = decide(event, read(execution));
        for (var problem : decision.problems()) {
            if (problem.severity() == PipelineProblem.Severity.ERROR) {
                log.line(LogLine.JOB, problem.toString());
            }
        }
        var plan = decision.plan();
        if (plan != null) {
            var more = plan.jobs().size() - 1;
            log.line(
                    LogLine.JOB,
                    "Generated %d %s".formatted(more, more == 1 ? "more job" : "more jobs"));
        }
        return new Result(
                plan == null
                        ? Outcome.failed(decision.reason(), null, false, Failure.CONFIGURATION)
                        : Outcome.succeeded(),
                new Generated(plan, decision.problems()));
    }

    private Decision decide(PlanEvent event, String output)
            throws ScmException, InterruptedException {
        var leak = leak(output, secrets.mask(output));
        if (leak != null) {
            return new Decision(null, List.of(leak), leak.toString());
        }
        var project =
                tools.projects()
                        .find(claim.project())
                        .orElseThrow(() ->
                                Refused.notFound("The project was deleted while its run went on"));
        return tools.sources().generated(project, event, generation.file(), output);
    }

    /** Plans are shown to whoever may see runs, so no secret may get into one. */
    private static @Nullable PipelineProblem leak(String output, String masked) {
        if (masked.equals(output)) {
            return null;
        }
        var written = output.lines().toList();
        var shown = masked.lines().toList();
        var line = 0;
        while (line < shown.size() - 1 && written.get(line).equals(shown.get(line))) {
            line++;
        }
        return new PipelineProblem(
                Pipeline.Generator.OUTPUT,
                line + 1,
                1,
                Math.max(1, shown.get(line).length()),
                "HR1506",
                PipelineProblem.Severity.ERROR,
                "",
                null,
                null,
                "",
                "the value of a secret is in the output",
                "write the secret's name under 'secrets' of the job that needs it",
                "docs/problems.md#hr1506",
                shown.get(line));
    }

    /** Returns what the file holds, or the beginning of it; nothing if it is not there. */
    private String read(Execution execution)
            throws ExecutionException, IOException, InterruptedException {
        var tar = new Bounded(MOST + HEADERS);
        try {
            execution.get(List.of(file()), tar);
        } catch (IOException | ExecutionException e) {
            if (!tar.isFull()) {
                throw e;
            }
            // The beginning is enough to say what is wrong.
        }
        try (var entries = new TarArchiveInputStream(tar.bytes(), "UTF-8")) {
            for (var entry = entries.getNextEntry();
                    entry != null;
                    entry = entries.getNextEntry()) {
                if (entry.isFile()) {
                    return new String(entries.readNBytes(MOST), StandardCharsets.UTF_8);
                }
            }
        }
        return "";
    }

    /** Keeps what it is given until that is too much, and then fails. */
    private static final class Bounded extends OutputStream {

        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final int most;
        private boolean full;

        Bounded(int most) {
            this.most = most;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            var room = Math.min(length, most - kept.size());
            kept.write(bytes, offset, room);
            if (room < length) {
                full = true;
                throw new IOException("the file is too large");
            }
        }

        boolean isFull() {
            return full;
        }

        ByteArrayInputStream bytes() {
            return new ByteArrayInputStream(kept.toByteArray());
        }
    }
}
