package io.headrace.store;

import io.headrace.language.JobTerms;
import io.headrace.language.Plan;
import io.headrace.language.Plan.Condition;
import io.headrace.language.PlanTerms;
import io.headrace.language.Setting;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes plans for tests. */
final class Plans {

    static final Condition DEFERRED =
            new Condition("failure()", Condition.Verdict.DEFERRED, "failure() is not known yet");

    private Plans() {}

    static Plan of(Plan.Job... jobs) {
        return of(Duration.ofHours(1), false, jobs);
    }

    static Plan failFast(Plan.Job... jobs) {
        return of(Duration.ofHours(1), true, jobs);
    }

    static Plan limited(Duration limit, Plan.Job... jobs) {
        return of(limit, false, jobs);
    }

    /** A plan whose runs take turns with others of a group. */
    static Plan inGroup(String group, int limit, PlanTerms.WhenBusy whenBusy, Plan.Job... jobs) {
        var settings = new LinkedHashMap<String, Setting>();
        settings.put("group", text(group));
        settings.put("limit", text(Integer.toString(limit)));
        settings.put("when_busy", text(whenBusy.name().toLowerCase(Locale.ROOT)));
        settings.put("scope", text("project"));
        var none = PlanTerms.NONE;
        return of(
                Duration.ofHours(1),
                false,
                new PlanTerms(
                        none.mode(),
                        none.batchSize(),
                        none.affinity(),
                        none.retryPolicy(),
                        Map.of("concurrency", new Setting(null, List.of(), settings)),
                        none.work(),
                        none.blockers(),
                        none.included(),
                        none.generation()),
                jobs);
    }

    private static Setting text(String text) {
        return new Setting(text, List.of(), Map.of());
    }

    private static Plan of(Duration limit, boolean failFast, Plan.Job... jobs) {
        return of(limit, failFast, PlanTerms.NONE, jobs);
    }

    private static Plan of(Duration limit, boolean failFast, PlanTerms terms, Plan.Job... jobs) {
        return new Plan(
                "ci",
                limit,
                failFast,
                List.of(jobs),
                List.of(List.of(jobs).stream().map(Plan.Job::id).toList()),
                "0".repeat(64),
                terms);
    }

    static JobTerms.Lock lock(String name, int slots) {
        return new JobTerms.Lock(name, slots, false);
    }

    /** A plan whose pipeline says how to try again. */
    static Plan retrying(PlanTerms.RetryPolicy policy, Plan.Job... jobs) {
        var plan = of(jobs);
        var terms = plan.terms();
        return new Plan(
                plan.name(),
                plan.timeLimit(),
                plan.failFast(),
                plan.jobs(),
                plan.levels(),
                plan.hash(),
                new PlanTerms(
                        terms.mode(),
                        terms.batchSize(),
                        terms.affinity(),
                        policy,
                        terms.settings(),
                        terms.work(),
                        terms.blockers(),
                        terms.included(),
                        terms.generation()));
    }

    /** A policy with waits of 10 s, 20 s and so on, for ten minutes. */
    static PlanTerms.RetryPolicy policy(int attempts, String... retryOn) {
        return new PlanTerms.RetryPolicy(
                attempts,
                Duration.ofSeconds(10),
                Duration.ofMinutes(5),
                BigDecimal.TWO,
                false,
                Duration.ofMinutes(10),
                List.of(retryOn));
    }

    static JobBuilder job(String id, String... needs) {
        return new JobBuilder(id, List.of(needs));
    }

    /** A job that can be varied. */
    static final class JobBuilder {

        private final String id;
        private final List<String> needs;
        private Condition condition = Condition.NONE;
        private String pool = "default";
        private @Nullable String image;
        private List<String> labels = List.of();
        private int retries;
        private boolean continueOnFailure;
        private int priority;
        private PlanTerms.@Nullable RetryPolicy policy;
        private Map<String, String> matrix = Map.of();
        private List<JobTerms.Lock> locks = List.of();

        private JobBuilder(String id, List<String> needs) {
            this.id = id;
            this.needs = needs;
        }

        JobBuilder when(Condition.Verdict verdict, String explanation) {
            condition = new Condition("x", verdict, explanation);
            return this;
        }

        JobBuilder deferred() {
            condition = DEFERRED;
            return this;
        }

        JobBuilder image(String name) {
            image = name;
            return this;
        }

        JobBuilder pool(String name) {
            pool = name;
            return this;
        }

        JobBuilder labels(String... wanted) {
            labels = List.of(wanted);
            return this;
        }

        JobBuilder retries(int count) {
            retries = count;
            return this;
        }

        JobBuilder retrying(PlanTerms.RetryPolicy own) {
            policy = own;
            return this;
        }

        JobBuilder mayFail() {
            continueOnFailure = true;
            return this;
        }

        JobBuilder priority(int value) {
            priority = value;
            return this;
        }

        JobBuilder matrix(Map<String, String> values) {
            matrix = values;
            return this;
        }

        /** Makes it need locks of its project, each of which one job has at a time. */
        JobBuilder locks(String... names) {
            return locks(Stream.of(names).map(name -> lock(name, 1)).toArray(JobTerms.Lock[]::new));
        }

        JobBuilder locks(JobTerms.Lock... wanted) {
            locks = List.of(wanted);
            return this;
        }

        Plan.Job build() {
            return new Plan.Job(
                    id,
                    id,
                    id,
                    matrix,
                    null,
                    needs,
                    condition,
                    image,
                    null,
                    pool,
                    labels,
                    Map.of(),
                    Map.of(),
                    List.of(),
                    Duration.ofMinutes(10),
                    retries,
                    false,
                    continueOnFailure,
                    true,
                    priority,
                    List.of(),
                    List.of(),
                    Plan.Resources.DEFAULT,
                    List.of(
                            new Plan.Step(
                                    0,
                                    "run",
                                    List.of("true"),
                                    null,
                                    Map.of(),
                                    "",
                                    Duration.ofMinutes(5),
                                    0,
                                    false,
                                    false,
                                    Condition.NONE)),
                    new JobTerms(
                            null,
                            null,
                            JobTerms.Type.CI,
                            false,
                            null,
                            List.of(),
                            Map.of(),
                            false,
                            0,
                            0,
                            policy,
                            locks));
        }
    }
}
