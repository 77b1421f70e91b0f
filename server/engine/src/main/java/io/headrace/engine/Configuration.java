package io.headrace.engine;

import io.headrace.engine.log.LogSettings;
import io.headrace.engine.queue.QueueRules;
import io.headrace.engine.retry.RetryLimits;
import io.headrace.engine.run.AllowedRepositories;
import io.headrace.language.Limits;
import io.headrace.language.expression.Undefined;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What an operator can set, in {@code headrace.properties} or by environment variables ({@code
 * worker.slots} is {@code HEADRACE_WORKER_SLOTS} there), which win.
 *
 * @param workerSlots {@code worker.slots}: jobs that the built-in worker runs at a time, 0 to 1000;
 *     twice the number of cores by default
 * @param workerPools {@code worker.pools}: pools that it serves, comma-separated; {@code default}
 * @param workerLabels {@code worker.labels}: labels that it has, comma-separated, beside those of
 *     its platform
 * @param workerLease {@code worker.lease}: seconds that a worker may stay silent, 3 to 3600; 30
 * @param workerName {@code worker.name}: what the worker of this process is called, 1 to 100
 *     letters, digits, dots, dashes and underscores, unlike any other on the database; by default
 *     {@code built-in} with the embedded database, else the machine's name with a part of the home
 *     directory's id
 * @param workerOnly {@code worker.only}: whether this process only works and serves neither pages
 *     nor the API; true or false, which is the default
 * @param sharedDirectory {@code shared.directory}: where logs, artifacts and the key of the secrets
 *     are, the same for all processes on a PostgreSQL; the home directory by default
 * @param shutdownPatience {@code shutdown.patience}: seconds that jobs have to end when the server
 *     stops, 0 to 3600; 5
 * @param killGrace {@code worker.kill-grace}: seconds between TERM and KILL, 0 to 600; 30
 * @param databaseUrl {@code database.url}: JDBC address of a PostgreSQL; empty, which is the
 *     default, means the embedded Derby
 * @param databaseUser {@code database.user}
 * @param databasePassword {@code database.password}
 * @param pipelineLimits how much a pipeline may ask for: {@code pipeline.max-step-time} (seconds, 1
 *     to 2,592,000; 1,800), {@code pipeline.max-job-time} (likewise; 3,600), {@code
 *     pipeline.max-time} (likewise; 86,400), {@code pipeline.matrix} (combinations of a matrix that
 *     does not say {@code max}, 1 to 10,000; 50), {@code pipeline.max-matrix} (likewise; 256),
 *     {@code pipeline.max-cpu} (cores of a job, 1 to 9,999; 256), {@code pipeline.max-memory} (MiB
 *     of a job, 4 to 1,073,741,824; 1,048,576, which is 1 TiB); and {@code pipeline.strict},
 *     whether a name that is missing and a job that waits for itself are errors; true or false,
 *     which is the default; and {@code variables.undefined}, what becomes of variables in texts
 *     that nobody defined: {@code error}, which is the default, {@code literal} or {@code empty}
 * @param includeRepositories {@code pipeline.include.repositories}: addresses of repositories from
 *     which pipeline files may take parts, comma-separated; {@code https://git.example.com/ci/*}
 *     means all below it; none by default
 * @param retention {@code artifacts.retention}: days that artifacts are kept whose pipeline does
 *     not say it, 0 (for ever) to 36,500; 30. {@code logs.retention}: days that logs are kept,
 *     likewise; 90
 * @param retryLimits what holds where no pipeline says how to try again: {@code retry.max-attempts}
 *     (attempts at a job after failures that are not its own, the first included, 1 to 10; 3) and
 *     {@code retry.total-time} (seconds from the first failure on after which none begins, 1 to
 *     86,400; 1,800)
 * @param queueRules who gets the next slot: {@code queue.aging} (seconds of waiting that are worth
 *     one point of priority, 1 to 86,400; 60) and {@code queue.promote-after} (seconds after which
 *     a job goes before all that are not urgent, 1 to 2,592,000; 1,800)
 * @param logSettings how logs are kept: {@code logs.max-size} (MiB of text in one log, 1 to
 *     1,048,576, which is a TiB; 2,048)
 * @param webTrustProxy {@code web.trust-proxy}: whether {@code X-Forwarded-For}, {@code -Proto} and
 *     {@code -Host} are believed; true or false, which is the default
 * @param webPublicBadges {@code web.public-badges}: whether badges are shown to everybody; true,
 *     which is the default, or false
 * @param webSessionLength {@code web.session-length}: seconds that a browser may be silent before
 *     its session ends, 60 to 2,592,000 (30 days); 43,200 (12 hours)
 * @param startCache {@code start.cache}: whether a server that was started by itself keeps a cache
 *     that makes its starts faster; true, which is the default, or false
 */
public record Configuration(
        int workerSlots,
        Set<String> workerPools,
        Set<String> workerLabels,
        Duration workerLease,
        String workerName,
        boolean workerOnly,
        String sharedDirectory,
        Duration shutdownPatience,
        Duration killGrace,
        String databaseUrl,
        String databaseUser,
        String databasePassword,
        Limits pipelineLimits,
        AllowedRepositories includeRepositories,
        Retention retention,
        RetryLimits retryLimits,
        QueueRules queueRules,
        LogSettings logSettings,
        boolean webTrustProxy,
        boolean webPublicBadges,
        Duration webSessionLength,
        boolean startCache) {

    private static final long MEBIBYTE = 1 << 20;

    private static final Set<String> KEYS =
            new LinkedHashSet<>(
                    Arrays.asList(
                            "worker.slots",
                            "worker.pools",
                            "worker.labels",
                            "worker.lease",
                            "worker.name",
                            "worker.only",
                            "shared.directory",
                            "worker.kill-grace",
                            "shutdown.patience",
                            "database.url",
                            "database.user",
                            "database.password",
                            "pipeline.max-step-time",
                            "pipeline.max-job-time",
                            "pipeline.max-time",
                            "pipeline.matrix",
                            "pipeline.max-matrix",
                            "pipeline.max-cpu",
                            "pipeline.max-memory",
                            "pipeline.strict",
                            AllowedRepositories.KEY,
                            "variables.undefined",
                            "queue.aging",
                            "queue.promote-after",
                            "artifacts.retention",
                            "logs.retention",
                            "retry.max-attempts",
                            "retry.total-time",
                            "logs.max-size",
                            "web.trust-proxy",
                            "web.public-badges",
                            "web.session-length",
                            "start.cache"));

    /**
     * Reads the file, if there is one, and the environment.
     *
     * @throws Refused naming every value that is wrong, and what would be right
     */
    public static Configuration read(Path file, Map<String, String> environment) {
        var properties = new Properties();
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new UncheckedIOException(
                        file + " can't be read: " + e.getMessage(),
                        e instanceof IOException io ? io : new IOException(e));
            }
        }
        var values = new TreeMap<String, String>();
        properties.forEach((key, value) -> values.put(key.toString(), value.toString().strip()));
        for (var key : KEYS) {
            var value = environment.get(variable(key));
            if (value != null) {
                values.put(key, value.strip());
            }
        }
        return of(values, file.toString());
    }

    /** Returns the defaults. */
    public static Configuration defaults() {
        return of(Map.of(), "");
    }

    /**
     * Checks values by key and fills in the defaults.
     *
     * @param origin named in complaints
     */
    public static Configuration of(Map<String, String> values, String origin) {
        var problems = new ArrayList<String>();
        for (var key : values.keySet()) {
            if (!KEYS.contains(key)) {
                problems.add(
                        "'%s' is not a key; known are %s".formatted(key, String.join(", ", KEYS)));
            }
        }
        var cores = Runtime.getRuntime().availableProcessors();
        var configuration =
                new Configuration(
                        number(values, "worker.slots", 2 * cores, 0, 1000, problems),
                        words(values.getOrDefault("worker.pools", "default")),
                        words(values.getOrDefault("worker.labels", "")),
                        Duration.ofSeconds(number(values, "worker.lease", 30, 3, 3600, problems)),
                        values.getOrDefault("worker.name", ""),
                        flag(values, "worker.only", false, problems),
                        values.getOrDefault("shared.directory", ""),
                        Duration.ofSeconds(
                                number(values, "shutdown.patience", 5, 0, 3600, problems)),
                        Duration.ofSeconds(
                                number(values, "worker.kill-grace", 30, 0, 600, problems)),
                        values.getOrDefault("database.url", ""),
                        values.getOrDefault("database.user", ""),
                        values.getOrDefault("database.password", ""),
                        limits(values, problems),
                        repositories(values, problems),
                        new Retention(
                                days(values, "artifacts.retention", 30, problems),
                                days(values, "logs.retention", 90, problems)),
                        retryLimits(values, problems),
                        queueRules(values, problems),
                        logSettings(values, problems),
                        flag(values, "web.trust-proxy", false, problems),
                        flag(values, "web.public-badges", true, problems),
                        Duration.ofSeconds(
                                number(
                                        values,
                                        "web.session-length",
                                        43_200,
                                        60,
                                        2_592_000,
                                        problems)),
                        flag(values, "start.cache", true, problems));
        var url = configuration.databaseUrl();
        if (!url.isEmpty() && !url.startsWith("jdbc:postgresql:")) {
            problems.add(
                    "'database.url' is not an address of PostgreSQL; use jdbc:postgresql://host/database, or leave it out for the embedded database");
        }
        if (!configuration.workerName().matches("[A-Za-z0-9._-]{0,100}")) {
            problems.add(
                    "'worker.name' is '%s'; use 1 to 100 letters, digits, '.', '-' and '_'"
                            .formatted(configuration.workerName()));
        }
        if (configuration.workerOnly() && url.isEmpty()) {
            problems.add(
                    "'worker.only' needs 'database.url': nobody else can use the embedded database");
        }
        if (configuration.workerOnly() && configuration.workerSlots() == 0) {
            problems.add("'worker.only' needs 'worker.slots' of at least 1");
        }
        if (!problems.isEmpty()) {
            throw Refused.invalid(
                    "The configuration %s is wrong: %s"
                            .formatted(origin, String.join("; ", problems)));
        }
        return configuration;
    }

    private static Limits limits(Map<String, String> values, ArrayList<String> problems) {
        var standard = Limits.DEFAULT;
        return new Limits(
                time(values, "pipeline.max-time", standard.pipelineTime(), problems),
                time(values, "pipeline.max-job-time", standard.jobTime(), problems),
                time(values, "pipeline.max-step-time", standard.stepTime(), problems),
                number(values, "pipeline.matrix", standard.matrix(), 1, 10_000, problems),
                number(values, "pipeline.max-matrix", standard.matrixMax(), 1, 10_000, problems),
                number(values, "pipeline.max-cpu", standard.cpus(), 1, 9999, problems),
                MEBIBYTE
                        * number(
                                values,
                                "pipeline.max-memory",
                                (int) (standard.memoryBytes() / MEBIBYTE),
                                4,
                                1 << 30,
                                problems),
                flag(values, "pipeline.strict", standard.strict(), problems),
                undefined(values, standard.undefined(), problems));
    }

    private static Undefined undefined(
            Map<String, String> values, Undefined byDefault, ArrayList<String> problems) {
        var text = values.get("variables.undefined");
        if (text == null || text.isEmpty()) {
            return byDefault;
        }
        for (var mode : Undefined.values()) {
            if (mode.name().toLowerCase(Locale.ROOT).equals(text)) {
                return mode;
            }
        }
        problems.add("'variables.undefined' is '" + text + "'; use error, literal or empty");
        return byDefault;
    }

    private static AllowedRepositories repositories(
            Map<String, String> values, ArrayList<String> problems) {
        var addresses = words(values.getOrDefault(AllowedRepositories.KEY, ""));
        var flaw = AllowedRepositories.flaw(addresses);
        if (flaw != null) {
            problems.add("'%s': %s".formatted(AllowedRepositories.KEY, flaw));
        }
        return new AllowedRepositories(addresses);
    }

    private static RetryLimits retryLimits(Map<String, String> values, ArrayList<String> problems) {
        var standard = RetryLimits.DEFAULT;
        return new RetryLimits(
                number(values, "retry.max-attempts", standard.maxAttempts(), 1, 10, problems),
                Duration.ofSeconds(
                        number(
                                values,
                                "retry.total-time",
                                (int) standard.totalTime().toSeconds(),
                                1,
                                86_400,
                                problems)));
    }

    private static QueueRules queueRules(Map<String, String> values, ArrayList<String> problems) {
        var standard = QueueRules.DEFAULT;
        return new QueueRules(
                Duration.ofSeconds(
                        number(
                                values,
                                "queue.aging",
                                (int) standard.aging().toSeconds(),
                                1,
                                86_400,
                                problems)),
                Duration.ofSeconds(
                        number(
                                values,
                                "queue.promote-after",
                                (int) standard.promoteAfter().toSeconds(),
                                1,
                                2_592_000,
                                problems)));
    }

    private static LogSettings logSettings(Map<String, String> values, ArrayList<String> problems) {
        var standard = LogSettings.DEFAULT;
        var mebibytes = (int) (standard.maxBytes() / MEBIBYTE);
        return new LogSettings(
                MEBIBYTE * number(values, "logs.max-size", mebibytes, 1, 1 << 20, problems),
                standard.sync());
    }

    private static Duration time(
            Map<String, String> values,
            String key,
            Duration byDefault,
            ArrayList<String> problems) {
        return Duration.ofSeconds(
                number(values, key, (int) byDefault.toSeconds(), 1, 2_592_000, problems));
    }

    private static Duration days(
            Map<String, String> values, String key, int byDefault, ArrayList<String> problems) {
        return Duration.ofDays(number(values, key, byDefault, 0, 36_500, problems));
    }

    private static String variable(String key) {
        return "HEADRACE_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static int number(
            Map<String, String> values,
            String key,
            int byDefault,
            int min,
            int max,
            ArrayList<String> problems) {
        var text = values.get(key);
        if (text == null || text.isEmpty()) {
            return byDefault;
        }
        try {
            var number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below, together with numbers that are out of range.
        }
        problems.add(
                "'%s' is '%s'; use a whole number from %d to %d".formatted(key, text, min, max));
        return byDefault;
    }

    private static boolean flag(
            Map<String, String> values, String key, boolean byDefault, ArrayList<String> problems) {
        var text = values.get(key);
        if (text == null || text.isEmpty()) {
            return byDefault;
        }
        if (!text.equals("true") && !text.equals("false")) {
            problems.add("'%s' is '%s'; use true or false".formatted(key, text));
        }
        return text.equals("true");
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public String toString() {
        return "Configuration[slots=%d, pools=%s, labels=%s, database=%s]"
                .formatted(
                        workerSlots,
                        workerPools,
                        workerLabels,
                        databaseUrl.isEmpty() ? "embedded" : "PostgreSQL");
    }
}
