package io.headrace.language;

import io.headrace.language.schema.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code image} and {@code runs-on}. */
final class ImageReader {

    /** Host and port, path, tag, digest; each part can match in one way only. */
    private static final Pattern IMAGE =
            Pattern.compile(
                    "(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?/)?"
                            + "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*+"
                            + "(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*+)*+"
                            + "(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?"
                            + "(?:@sha256:[a-f0-9]{64})?");

    private static final int MAX_LENGTH = 255;

    private ImageReader() {}

    static boolean isImage(String image) {
        return image.length() <= MAX_LENGTH && IMAGE.matcher(image).matches();
    }

    /**
     * Returns the image, or null if there is none.
     *
     * @param labels takes the value of {@code runs-on} if it names a kind of worker
     */
    static @Nullable Text read(Fields fields, Texts texts, List<Text> labels) {
        var image = text(fields, "image", texts);
        var runsOn = text(fields, "runs-on", texts);
        if (runsOn != null && !looksLikeImage(runsOn.value())) {
            labels.add(runsOn);
            runsOn = null;
        }
        if (image != null && runsOn != null) {
            fields.report()
                    .error(
                            ProblemCode.TWO_SPELLINGS,
                            runsOn.mark(),
                            "'runs-on' and 'image' both name an image",
                            "keep one of the two");
        }
        var chosen = image != null ? image : runsOn;
        if (chosen != null) {
            check(chosen, fields.report());
        }
        return chosen;
    }

    /** Returns the image that all steps name, so that it can be the job's; else null. */
    static @Nullable Text ofAll(List<StepDefinition> steps) {
        var images = steps.stream().map(StepDefinition::image).toList();
        var first = images.isEmpty() ? null : images.getFirst();
        return first != null
                        && images.stream()
                                .allMatch(
                                        each -> each != null && each.value().equals(first.value()))
                ? first
                : null;
    }

    /** Takes the image from steps that name their job's, and warns of the others. */
    static List<StepDefinition> withoutImage(
            List<StepDefinition> steps, @Nullable Text image, Report report) {
        var result = new ArrayList<StepDefinition>();
        for (var step : steps) {
            var own = step.image();
            if (own == null || (image != null && own.value().equals(image.value()))) {
                result.add(own == null ? step : step.in(null, step.workingDirectory()));
            } else {
                report.inStep(Values.shown(step.name().value()))
                        .notYet(Key.Support.BLOCKS, own.mark(), "image");
                result.add(step);
            }
        }
        return List.copyOf(result);
    }

    /** Reports an image that can't be one; what an expression makes of it shows later. */
    static void check(Text image, Report report) {
        if (image.template().isFixed() && !isImage(image.value())) {
            report.error(
                    ProblemCode.BAD_IMAGE,
                    image.mark(),
                    "'%s' is no reference to an image".formatted(Values.shown(image.value())),
                    "write it like registry/name:tag, in lower case, for instance"
                            + " maven:3-eclipse-temurin-25");
        }
    }

    /** A label has no tag and no path: {@code ubuntu:24.04} is an image, {@code linux} a label. */
    private static boolean looksLikeImage(String value) {
        return value.contains(":") || value.contains("/");
    }

    private static @Nullable Text text(Fields fields, String key, Texts texts) {
        var field = fields.get(key);
        var scalar = field == null ? null : Values.scalar(field, fields.report());
        return scalar == null ? null : texts.value(scalar, fields.report());
    }
}
