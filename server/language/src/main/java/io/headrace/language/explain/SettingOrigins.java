package io.headrace.language.explain;

import io.headrace.language.Plan;
import io.headrace.language.explain.Explanation.Origin;
import io.headrace.language.explain.Explanation.Setting;
import io.headrace.language.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says which limits and the like hold for a job, and who says so. */
final class SettingOrigins {

    private final Origins origins;
    private final Plan.Job job;
    private final Plan plan;
    private final List<Setting> settings = new ArrayList<>();

    SettingOrigins(Origins origins, Plan.Job job, Plan plan) {
        this.origins = origins;
        this.job = job;
        this.plan = plan;
    }

    List<Setting> all() {
        var image = job.image();
        var executor = job.executor();
        add("image", image == null ? "none" : image, first("image", "runs-on"));
        add(
                "executor",
                executor == null ? (image == null ? "process" : "docker") : executor,
                inherited("executor"));
        add("pool", job.pool(), origins.inJob("pool"));
        add(
                "labels",
                job.labels().isEmpty() ? "none" : String.join(", ", job.labels()),
                first("labels", "platform", "runs-on"));
        add("timeout", seconds(job.timeLimit().toSeconds()), origins.inJob("timeout"));
        add("retry_count", String.valueOf(job.retries()), origins.inJob("retry_count"));
        add(
                "retry_on_timeout",
                String.valueOf(job.retryOnTimeout()),
                origins.inJob("retry_on_timeout"));
        add(
                "continue_on_failure",
                String.valueOf(job.continueOnFailure()),
                origins.inJob("continue_on_failure"));
        add("checkout", String.valueOf(job.checkout()), origins.inJob("checkout"));
        add("priority", String.valueOf(job.priority()), inherited("priority"));
        resources();
        whole("fail_fast", String.valueOf(plan.failFast()));
        whole("timeout", seconds(plan.timeLimit().toSeconds()));
        return List.copyOf(settings);
    }

    private void resources() {
        var resources = job.resources();
        settings.add(
                new Setting(
                        "resources.cpu",
                        resources.cpus() == Math.rint(resources.cpus())
                                ? String.valueOf((long) resources.cpus())
                                : String.valueOf(resources.cpus()),
                        resource("cpu")));
        settings.add(
                new Setting(
                        "resources.memory", memory(resources.memoryBytes()), resource("memory")));
        add("network", resources.network() ? "bridge" : "none", origins.inJob("network"));
    }

    private Origin resource(String key) {
        var written = origins.inJob("resources", Schema.RESOURCES, key);
        return written == null ? Origin.of("default") : written;
    }

    private static String memory(long bytes) {
        long mebibytes = bytes >> 20;
        return mebibytes % 1024 == 0 ? (mebibytes >> 10) + "g" : mebibytes + "m";
    }

    private static String seconds(long seconds) {
        return seconds < 60
                ? seconds + " s"
                : String.format(Locale.ROOT, "%d s (%s)", seconds, clock(seconds));
    }

    private static String clock(long seconds) {
        var text = new StringBuilder();
        if (seconds >= 3600) {
            text.append(seconds / 3600).append(" h ");
        }
        if (seconds % 3600 >= 60) {
            text.append(seconds % 3600 / 60).append(" min ");
        }
        if (seconds % 60 > 0) {
            text.append(seconds % 60).append(" s");
        }
        return text.toString().strip();
    }

    private @Nullable Origin first(String... keys) {
        for (var key : keys) {
            var origin = origins.inJob(key);
            if (origin != null) {
                return origin;
            }
        }
        return null;
    }

    private @Nullable Origin inherited(String key) {
        var own = origins.inJob(key);
        return own != null ? own : origins.inPipeline(key);
    }

    private void add(String key, String value, @Nullable Origin written) {
        settings.add(new Setting(key, value, written != null ? written : standard(key)));
    }

    private Origin standard(String name) {
        var own = origins.key(name);
        var key =
                own != null && own.otherwise().equals("the pipeline's")
                        ? Schema.PIPELINE.key(name)
                        : own;
        // A default that depends is told in words.
        return Origin.of(
                key == null || key.defaultValue() != null || key.otherwise().equals("none")
                        ? "default"
                        : "default: " + key.otherwise().replace("`", ""));
    }

    private void whole(String name, String value) {
        var written = origins.inPipeline(name);
        settings.add(
                new Setting(
                        "pipeline's " + name,
                        value,
                        written != null ? written : Origin.of("default")));
    }
}
