package io.headrace.language;

import io.headrace.language.PlanTerms.RetryPolicy;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads {@code retry_policy}, of a pipeline or of a job. */
final class RetryPolicyReader {

    private static final String KEY = "retry_policy";

    private RetryPolicyReader() {}

    /** Returns null if there is none, or it is wrong. */
    static @Nullable RetryPolicy read(SettingReader settings, Fields fields) {
        var read = settings.read(fields, KEY);
        if (read == null || fields.report().problems().haveErrors()) {
            return null;
        }
        var base = seconds(read, "base_delay");
        var max = seconds(read, "max_delay");
        if (base.compareTo(max) > 0) {
            fields.report()
                    .in(KEY)
                    .error(
                            ProblemCode.OUT_OF_RANGE,
                            fields.all(KEY).getFirst().mark(),
                            "'base_delay' is longer than 'max_delay'",
                            "raise 'max_delay', or lower 'base_delay'");
        }
        return new RetryPolicy(
                Integer.parseInt(text(read, "max_attempts")),
                base,
                max,
                new BigDecimal(text(read, "multiplier")),
                read.truth("jitter"),
                seconds(read, "total_time"),
                read.texts("retry_on"));
    }

    private static Duration seconds(SettingDefinition read, String key) {
        return Duration.ofSeconds(Long.parseLong(text(read, key)));
    }

    private static String text(SettingDefinition read, String key) {
        var text = read.written(key);
        if (text == null) {
            throw new IllegalStateException("the schema has no default for " + key);
        }
        return text;
    }
}
