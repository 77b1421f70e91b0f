package io.headrace.engine.worker;

import io.headrace.engine.Refused;
import io.headrace.engine.log.Masker;
import io.headrace.engine.run.Claim;
import io.headrace.engine.secret.SourceLogins;
import io.headrace.language.Plan;
import java.util.LinkedHashMap;
import java.util.Map;

/** The secrets of one attempt: variables for its steps, and the masker that hides them all. */
final class AttemptSecrets {

    /** None at all. */
    static final AttemptSecrets NONE = new AttemptSecrets(Map.of(), Masker.NONE);

    private final Map<String, String> variables;
    private final Masker masker;

    private AttemptSecrets(Map<String, String> variables, Masker masker) {
        this.variables = variables;
        this.masker = masker;
    }

    /**
     * Fetches what the job lists, and the login at the project's repository if it checks out.
     *
     * @throws Refused if a secret can't be had; the message says what to do
     */
    static AttemptSecrets of(Tools tools, Claim claim, Plan.Job job) {
        var variables = tools.secrets().values(claim.project(), job.secrets());
        var hidden = new LinkedHashMap<>(variables);
        if (job.checkout()) {
            tools.logins()
                    .secret(claim.project())
                    .ifPresent(secret -> hidden.put(SourceLogins.MASKED_AS, secret));
        }
        return hidden.isEmpty() ? NONE : new AttemptSecrets(variables, Masker.of(hidden));
    }

    Map<String, String> variables() {
        return variables;
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
        return "AttemptSecrets" + variables.keySet();
    }
}
