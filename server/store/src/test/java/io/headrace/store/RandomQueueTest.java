package io.headrace.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.project.ProjectId;
import io.headrace.engine.queue.PoolRules;
import io.headrace.engine.queue.QueueRules;
import io.headrace.engine.queue.Share;
import io.headrace.engine.run.AttemptId;
import io.headrace.engine.run.Claim;
import io.headrace.engine.run.QueuedJob;
import io.headrace.engine.run.RunStore;
import io.headrace.engine.run.Status;
import io.headrace.language.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Whatever waits, whoever asks and whatever is cancelled: the rules of the queue hold. */
class RandomQueueTest extends StoresTest {

    private static final Comparator<QueuedJob> ORDER =
            Comparator.<QueuedJob, Boolean>comparing(job -> job.priority() < QueueRules.URGENT)
                    .thenComparingLong(RandomQueueTest::rank)
                    .thenComparing(QueuedJob::id);

    private static long rank(QueuedJob job) {
        return QueueRules.DEFAULT.rank(job.priority(), Times.micros(job.queuedAt()));
    }

    private final Map<String, ProjectId> projects = new HashMap<>();
    private final Map<String, Integer> limits = Map.of("p1", 1, "p2", 5);

    private void makeProjects(Random random) {
        for (var number = 0; number < 5; number++) {
            var name = "p" + number;
            projects.put(name, site.project(name));
            stores.queue()
                    .share(project(name), new Share(1 + random.nextInt(1000), limits.get(name)));
        }
        stores.queue().rule(PoolRules.standard("arm").withMaxRunning(2));
    }

    private ProjectId any(Random random) {
        return project("p" + random.nextInt(5));
    }

    private ProjectId project(String name) {
        return Objects.requireNonNull(projects.get(name));
    }

    private static Plan plan(Random random) {
        var jobs = new ArrayList<Plan.Job>();
        var count = 1 + random.nextInt(6);
        for (var number = 0; number < count; number++) {
            var job = Plans.job("job-" + number);
            switch (random.nextInt(6)) {
                case 0 -> job.labels("gpu");
                case 1 -> job.labels("gpu", "linux");
                case 2 -> job.pool("arm");
                default -> {}
            }
            jobs.add(job.priority(List.of(1, 5, 10, 10, 100, 1000).get(random.nextInt(6))).build());
        }
        return Plans.of(jobs.toArray(Plan.Job[]::new));
    }

    private record Asker(List<String> pools, Set<String> labels) {

        static Asker any(Random random) {
            return switch (random.nextInt(4)) {
                case 0 -> new Asker(List.of("default"), Set.of());
                case 1 -> new Asker(List.of("arm"), Set.of("linux"));
                case 2 -> new Asker(List.of("default"), Set.of("gpu", "linux"));
                default -> new Asker(List.of("default", "arm"), Set.of("gpu", "linux"));
            };
        }

        boolean canTake(QueuedJob job) {
            return pools.contains(job.pool()) && labels.containsAll(job.labels());
        }
    }

    @RepeatedTest(3)
    void jobsAreTakenByTheRules(RepetitionInfo repetition) {
        var random = new Random(20261121L + repetition.getCurrentRepetition());
        makeProjects(random);
        var running = new ArrayList<QueuedJob>();
        var claims = new ArrayList<Claim>();
        var given = new ArrayList<AttemptId>();
        for (var step = 0; step < 120; step++) {
            if (random.nextInt(3) > 0) {
                var run = site.accept(any(random), plan(random));
                if (random.nextInt(8) == 0) {
                    stores.runs().cancel(run, "cancelled by chance");
                }
            }
            pass(Duration.ofSeconds(random.nextInt(10)));
            for (var ended = random.nextInt(4); ended > 0 && !claims.isEmpty(); ended--) {
                var index = random.nextInt(claims.size());
                running.remove(index);
                site.succeed(claims.remove(index));
            }
            var asker = Asker.any(random);
            var waiting = stores.runs().queue(1000);
            var taken =
                    stores.runs()
                            .claim(
                                    "w",
                                    asker.pools(),
                                    asker.labels(),
                                    1 + random.nextInt(5),
                                    Duration.ofHours(10));
            for (var claim : taken) {
                claims.add(claim);
                given.add(claim.attempt());
                running.add(
                        waiting.stream()
                                .filter(job -> job.id().equals(claim.job()))
                                .findAny()
                                .orElseThrow());
            }
            var left = waiting.stream().filter(job -> !running.contains(job)).toList();
            check(asker, left, running.subList(running.size() - taken.size(), running.size()));
            checkLimits(running);
        }
        assertThat(given).doesNotHaveDuplicates().hasSizeGreaterThan(100);
        assertThat(stores.runs().depth().running()).isEqualTo(running.size());
    }

    /** None of the same project that goes first and that this worker can take was left. */
    private void check(Asker asker, List<QueuedJob> left, List<QueuedJob> taken) {
        for (var job : taken) {
            assertThat(asker.canTake(job)).isTrue();
            assertThat(left)
                    .filteredOn(other -> other.project().equals(job.project()))
                    .filteredOn(other -> other.pool().equals(job.pool()) && asker.canTake(other))
                    .allMatch(other -> ORDER.compare(job, other) < 0, "goes after " + job);
        }
    }

    private void checkLimits(List<QueuedJob> running) {
        limits.forEach((project, limit) ->
                assertThat(running)
                        .filteredOn(job -> job.project().equals(project))
                        .hasSizeLessThanOrEqualTo(limit));
        assertThat(running).filteredOn(job -> job.pool().equals("arm")).hasSizeLessThan(3);
    }

    /** On PostgreSQL, two controllers give the jobs away; on Derby, there is one. */
    @RepeatedTest(2)
    void noLimitIsEverPassedByManyAtOnce(RepetitionInfo repetition) throws InterruptedException {
        var random = new Random(repetition.getCurrentRepetition());
        makeProjects(random);
        var jobs = 0;
        for (var run = 0; run < 60; run++) {
            var plan = plan(random);
            site.accept(any(random), plan);
            jobs += plan.jobs().size();
        }
        var given = new ConcurrentLinkedQueue<AttemptId>();
        var worst = new ConcurrentHashMap<ProjectId, Integer>();
        var now = new ConcurrentHashMap<ProjectId, AtomicInteger>();
        try (var other = onPostgresql() ? database.open() : null) {
            var threads = new ArrayList<Thread>();
            for (var number = 0; number < 6; number++) {
                var runs = (number % 2 == 0 || other == null ? stores : other).runs();
                threads.add(Thread.startVirtualThread(() -> work(runs, given, now, worst)));
            }
            for (var thread : threads) {
                thread.join();
            }
        }
        // What one left to the other while both were at the same run, or under the same limit.
        work(stores.runs(), given, now, worst);

        assertThat(given).hasSize(jobs).doesNotHaveDuplicates();
        limits.forEach((project, limit) ->
                assertThat(worst.get(project(project))).isLessThanOrEqualTo(limit));
        assertThat(stores.runs().depth().running()).isZero();
    }

    private static void work(
            RunStore runs,
            ConcurrentLinkedQueue<AttemptId> given,
            Map<ProjectId, AtomicInteger> now,
            Map<ProjectId, Integer> worst) {
        while (true) {
            var claims =
                    runs.claim(
                            "w",
                            List.of("default", "arm"),
                            Set.of("gpu", "linux"),
                            3,
                            Duration.ofHours(1));
            if (claims.isEmpty()) {
                return;
            }
            for (var claim : claims) {
                given.add(claim.attempt());
                worst.merge(claim.project(), counter(now, claim).incrementAndGet(), Math::max);
            }
            for (var claim : claims) {
                counter(now, claim).decrementAndGet();
                runs.finish(claim, RunStore.Ending.of(Status.SUCCEEDED, ""));
            }
        }
    }

    private static AtomicInteger counter(Map<ProjectId, AtomicInteger> now, Claim claim) {
        return now.computeIfAbsent(claim.project(), _ -> new AtomicInteger());
    }

    @Test
    void nothingStarvesUnderAFlood() {
        var shop = site.project("shop");
        var other = site.project("other");
        stores.queue().share(other, new Share(1000, null));
        var patient = site.accept(shop, Plans.of(Plans.job("patient").priority(0).build()));
        var steps = 0;
        while (site.job(patient, "patient").attempts().isEmpty()
                || site.job(patient, "patient").startedAt() == null) {
            // Each step, more work comes than is done.
            for (var project : List.of(shop, other)) {
                site.accept(
                        project,
                        Plans.of(
                                Plans.job("a").priority(20).build(),
                                Plans.job("b").priority(20).build()));
            }
            site.claim(1).forEach(site::succeed);
            pass(Duration.ofSeconds(30));
            if (++steps == 62) {
                // Started anew, a store looks at once for what has waited for too long.
                stores.close();
                reopen();
            }
            assertThat(steps).as("claims until the patient one's turn").isLessThan(80);
        }
        // It waited for half an hour, as twenty points of priority were against it.
        assertThat(steps).isGreaterThan(60);
    }
}
