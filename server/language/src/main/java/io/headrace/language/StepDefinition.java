package io.headrace.language;

import io.headrace.language.yaml.Mark;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A step as written; its keys are those of {@link Plan.Step}.
 *
 * @param commands empty if there is an action
 * @param action or null if there are commands
 * @param with inputs of the action
 * @param workingDirectory or null for the workspace
 * @param condition or null
 * @param mark where it begins
 * @param image or null for the job's
 */
public record StepDefinition(
        Text name,
        List<Text> commands,
        @Nullable String action,
        Map<String, Text> with,
        Map<String, Text> environment,
        @Nullable Text workingDirectory,
        Duration timeLimit,
        int retries,
        boolean retryOnTimeout,
        boolean continueOnFailure,
        @Nullable Guard condition,
        Mark mark,
        @Nullable Text image,
        boolean isolate) {

    /** Returns the same step, run elsewhere. */
    StepDefinition in(Text directory) {
        return in(image, directory);
    }

    /** Likewise, with another image. */
    StepDefinition in(@Nullable Text otherImage, @Nullable Text directory) {
        return new StepDefinition(
                name,
                commands,
                action,
                with,
                environment,
                directory,
                timeLimit,
                retries,
                retryOnTimeout,
                continueOnFailure,
                condition,
                mark,
                otherImage,
                isolate);
    }
}
