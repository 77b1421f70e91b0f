package io.headrace.language;

import io.headrace.language.schema.Schema;
import io.headrace.language.yaml.YamlNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads {@code resources} and {@code network}. */
final class ResourceReader {

    private static final Pattern CPUS = Pattern.compile("\\d{1,4}(?:\\.\\d{1,3})?");
    private static final Pattern MILLIS = Pattern.compile("(\\d{1,6})m");
    private static final Pattern MEMORY = Pattern.compile("(\\d{1,7}) ?([a-zA-Z]{1,3})");
    private static final long KIB = 1024;
    private static final long MIN_MEMORY = 4 * KIB * KIB;

    /** Decimal and binary units are one here, as in Docker. */
    private static final Map<String, Long> UNITS =
            Map.of(
                    "k", KIB,
                    "m", KIB * KIB,
                    "g", KIB * KIB * KIB,
                    "t", KIB * KIB * KIB * KIB);

    private ResourceReader() {}

    static Plan.Resources read(Fields job, Limits limits) {
        var network = Values.choice(job, "network");
        var standard = Plan.Resources.DEFAULT;
        double cpus = standard.cpus();
        long memory = standard.memoryBytes();
        var field = job.get("resources");
        var map = field == null ? null : Values.map(field, job.report());
        if (field != null && map != null) {
            var fields =
                    new Fields(map, field.mark(), Schema.RESOURCES, job.report().in("resources"));
            cpus = cpus(fields, cpus, limits.cpus());
            memory = memory(fields, memory, limits.memoryBytes());
        }
        return new Plan.Resources(cpus, memory, !network.equals("none"));
    }

    private static double cpus(Fields fields, double otherwise, int most) {
        var field = fields.get("cpu");
        var scalar = field == null ? null : Values.scalar(field, fields.report());
        if (scalar == null) {
            return otherwise;
        }
        var millis = MILLIS.matcher(scalar.text());
        double cpus =
                millis.matches()
                        ? Integer.parseInt(millis.group(1)) / 1000.0
                        : CPUS.matcher(scalar.text()).matches()
                                ? Double.parseDouble(scalar.text())
                                : 0;
        if (cpus <= 0) {
            fields.report()
                    .error(
                            ProblemCode.WRONG_TYPE,
                            scalar.mark(),
                            "'%s' is no number of cores".formatted(Values.shown(scalar.text())),
                            "write a number such as 2 or 0.5");
            return otherwise;
        }
        if (cpus > most) {
            fields.report()
                    .error(
                            ProblemCode.OUT_OF_RANGE,
                            scalar.mark(),
                            "the job asks for %s cores, and a job may ask for up to %d"
                                    .formatted(number(cpus), most),
                            (!millis.matches() && cpus >= 1000
                                            ? "write %sm if you mean thousandths of a core, else a"
                                                            .formatted(scalar.text())
                                                    + " number up to %d".formatted(most)
                                            : "write a number up to %d".formatted(most))
                                    + ", or ask the operator to raise pipeline.max-cpu");
            return otherwise;
        }
        return cpus;
    }

    private static long memory(Fields fields, long otherwise, long most) {
        var field = fields.get("memory");
        var scalar = field == null ? null : Values.scalar(field, fields.report());
        if (scalar == null) {
            return otherwise;
        }
        long bytes = bytes(scalar.text());
        if (bytes < MIN_MEMORY) {
            fields.report()
                    .error(
                            ProblemCode.WRONG_TYPE,
                            scalar.mark(),
                            "'%s' is no amount of memory of at least 4m"
                                    .formatted(Values.shown(scalar.text())),
                            "write a number with a unit, such as 512m or 2g");
            return otherwise;
        }
        if (bytes > most) {
            fields.report()
                    .error(
                            ProblemCode.OUT_OF_RANGE,
                            scalar.mark(),
                            "the job asks for %s of memory, and a job may ask for up to %s"
                                    .formatted(memory(bytes), memory(most)),
                            "write %s or less, or ask the operator to raise pipeline.max-memory"
                                    .formatted(memory(most)));
            return otherwise;
        }
        return bytes;
    }

    /** Returns a number of cores as people write it: without a fraction that is nothing. */
    static String number(double cpus) {
        return BigDecimal.valueOf(cpus).stripTrailingZeros().toPlainString();
    }

    /** Returns an amount of memory in the largest unit in which it is a whole number. */
    static String memory(long bytes) {
        for (var unit : List.of("t", "g", "m", "k")) {
            long size = UNITS.getOrDefault(unit, 1L);
            if (bytes >= size && bytes % size == 0) {
                return bytes / size + unit;
            }
        }
        return bytes + " bytes";
    }

    /** Reads another amount of bytes; 0 after reporting. */
    static long bytes(YamlNode.Scalar scalar, String what, Report report) {
        long bytes = bytes(scalar.text());
        if (bytes <= 0) {
            report.error(
                    ProblemCode.WRONG_TYPE,
                    scalar.mark(),
                    "'%s' is no amount of %s".formatted(Values.shown(scalar.text()), what),
                    "write a number with a unit, such as 10g");
        }
        return bytes;
    }

    private static long bytes(String text) {
        var parts = MEMORY.matcher(text);
        Long unit =
                parts.matches()
                        ? UNITS.get(
                                parts.group(2)
                                        .toLowerCase(Locale.ROOT)
                                        .replaceFirst("(?<=.)(i?b|i)$", ""))
                        : null;
        return unit == null ? 0 : Long.parseLong(parts.group(1)) * unit;
    }
}
