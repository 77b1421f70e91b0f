package io.headrace.engine.worker;

import io.headrace.engine.Refused;
import io.headrace.engine.log.Masker;
import io.headrace.engine.run.Claim;
import io.headrace.engine.secret.SourceLogins;
import io.headrace.language.LateValues;
import io.headrace.language.Plan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The secrets of one attempt: variables for its steps, and the masker that hides them all. */
final class AttemptSecrets {

    /** None at all. */
    static final AttemptSecrets NONE = new AttemptSecrets(Map.of(), Map.of(), Masker.NONE);

    private final Map<String, String> variables;
    private final Map<String, String> values;
    private final Masker masker;

    private AttemptSecrets(
            Map<String, String> variables, Map<String, String> values, Masker masker) {
        this.variables = variables;
        this.values = values;
        this.masker = masker;
    }

    /**
     * Fetches what the job lists, what its variables and inputs ask for, and the login at the
     * project's repository if it checks out.
     *
     * @param project the project's name
     * @throws Refused if a secret can't be had; the message says what to do
     */
    static AttemptSecrets of(Tools tools, Claim claim, String project, Plan.Job job) {
        var users = users(job);
        var values = tools.secrets().values(claim.project(), project, users);
        var hidden = new LinkedHashMap<>(values);
        if (job.checkout()) {
            tools.logins()
                    .secret(claim.project())
                    .ifPresent(secret -> hidden.put(SourceLogins.MASKED_AS, secret));
        }
        if (hidden.isEmpty()) {
            return NONE;
        }
        var variables = new LinkedHashMap<>(values);
        variables.keySet().retainAll(job.secrets());
        return new AttemptSecrets(variables, values, Masker.of(hidden));
    }

    /** Returns what the job needs each secret for: the variable or the input that has it. */
    private static Map<String, String> users(Plan.Job job) {
        var users = new LinkedHashMap<String, String>();
        job.secrets().forEach(name -> users.put(name, name));
        for (var open : LateVariables.open(job)) {
            open.forEach((variable, expression) ->
                    LateValues.secrets(List.of(expression))
                            .forEach(name -> users.putIfAbsent(name, variable)));
        }
        return users;
    }

    /** Returns the secrets that are variables of their own names. */
    Map<String, String> variables() {
        return variables;
    }

    /** Returns all secrets of the job. */
    Map<String, String> values() {
        return values;
    }

    Masker masker() {
        return masker;
    }

    /** Returns {@code text} with all secrets replaced. */
    String mask(String text) {
        return masker.mask(text);
    }

    @Override
    public String toString() {
        return "AttemptSecrets" + values.keySet();
    }
}
