package io.headrace.engine.worker;

import io.headrace.api.ExecutionException;
import io.headrace.engine.run.Claim;
import io.headrace.engine.run.RunSummary;
import io.headrace.language.Plan;
import io.headrace.language.PlanEvent;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The variables that a step sees: those of the job, over them the step's, over them the run's
 * parameters, over them the job's secrets, and over all of them what the run itself says (conflicts
 * B1). Values from outside get into a shell only here, never by substitution.
 */
final class JobEnvironment {

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Map<String, String> job;
    private final Map<String, String> parameters;
    private final LateVariables late;
    private final AttemptSecrets secrets;
    private final Map<String, String> context;

    /**
     * @param more variables that this job alone has from the server
     */
    JobEnvironment(
            RunSummary run,
            PlanEvent event,
            Plan.Job job,
            Claim claim,
            LateVariables late,
            AttemptSecrets secrets,
            String workspace,
            Map<String, String> more) {
        this.job = job.environment();
        this.late = late;
        this.secrets = secrets;
        this.parameters = new HashMap<>();
        event.parameters()
                .forEach((name, value) -> {
                    if (IDENTIFIER.matcher(name).matches()) {
                        parameters.put(name, value);
                    }
                });
        this.context = context(run, event, job, claim, workspace);
        this.context.putAll(more);
    }

    /**
     * Looks up what is known of a step only now.
     *
     * @throws ExecutionException if a value can't be had
     */
    void prepare(Plan.Step step) throws ExecutionException, InterruptedException {
        late.prepare(step);
    }

    /** Returns all variables for a step, which was prepared. */
    Map<String, String> forStep(Plan.Step step) {
        var all = new HashMap<>(job);
        all.putAll(late.ofJob());
        all.putAll(step.environment());
        all.putAll(late.ofStep(step));
        all.putAll(parameters);
        all.putAll(secrets.variables());
        all.putAll(context);
        return all;
    }

    /** Returns the inputs of a step's action. */
    Map<String, String> inputs(Plan.Step step, Plan.Action action) {
        var all = new HashMap<>(action.with());
        all.putAll(late.inputs(step.index()));
        return all;
    }

    /** Returns {@code text} with all secrets replaced. */
    String mask(String text) {
        return secrets.mask(text);
    }

    private static Map<String, String> context(
            RunSummary run, PlanEvent event, Plan.Job job, Claim claim, String workspace) {
        var values = new LinkedHashMap<String, String>();
        values.put("CI", "true");
        values.put("HEADRACE", "true");
        values.put("HEADRACE_PROJECT", run.project());
        values.put("HEADRACE_RUN_ID", run.id().toString());
        values.put("HEADRACE_RUN_NUMBER", Long.toString(run.number()));
        values.put("HEADRACE_JOB", job.id());
        values.put("HEADRACE_ATTEMPT", Integer.toString(claim.number()));
        values.put("HEADRACE_EVENT", event.type().name().toLowerCase(Locale.ROOT));
        values.put("HEADRACE_REF", event.ref());
        values.put("HEADRACE_COMMIT", event.commit());
        values.put("HEADRACE_BRANCH", Objects.requireNonNullElse(event.branch(), ""));
        values.put("HEADRACE_TAG", Objects.requireNonNullElse(event.tag(), ""));
        values.put("HEADRACE_WORKSPACE", workspace);
        // The names that the requirements give (VAR-012).
        values.put("JOB_ID", claim.job().toString());
        values.put("BUILD_NUMBER", Long.toString(run.number()));
        values.put("GIT_COMMIT_SHA", event.commit());
        values.put("BRANCH_NAME", Objects.requireNonNullElse(event.branch(), ""));
        values.put("WORKSPACE", workspace);
        return values;
    }
}
