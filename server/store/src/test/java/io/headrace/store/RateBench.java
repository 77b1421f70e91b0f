package io.headrace.store;

import io.headrace.engine.run.Claim;
import io.headrace.engine.run.RunStore;
import io.headrace.engine.run.Status;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures how many one-step runs a second a bare store takes from {@code accept} to {@code
 * finish}, durably. Arguments: {@code derby} or {@code postgresql}, seconds, callers.
 */
final class RateBench {

    private RateBench() {}

    public static void main(String[] arguments) throws InterruptedException {
        var seconds = Integer.parseInt(arguments[1]);
        var callers = Integer.parseInt(arguments[2]);
        if (arguments[0].equals("derby")) {
            try (var database = TestDatabase.Kind.DERBY.create()) {
                measure("Derby", database.config(), seconds, callers);
            }
        } else {
            try (var server = PostgresqlServer.start(true)) {
                measure("PostgreSQL", server.config(server.create()), seconds, callers);
            }
        }
    }

    private static void measure(String name, DatabaseConfig config, int seconds, int callers)
            throws InterruptedException {
        try (var stores = DatabaseStores.open(config, InstantSource.system())) {
            var site = new Site(stores);
            var project = site.project("bench");
            var plan = Plans.of(Plans.job("build").build());
            for (var round = 0; round < 3; round++) {
                var done = new AtomicLong();
                var ready = new CountDownLatch(callers);
                var begin = System.nanoTime();
                var cpu = writerCpu();
                var end = begin + Duration.ofSeconds(seconds).toNanos();
                for (var i = 0; i < callers; i++) {
                    Thread.ofVirtual()
                            .start(() -> {
                                while (System.nanoTime() < end) {
                                    site.accept(project, plan);
                                    done.addAndGet(work(site.runs()));
                                }
                                ready.countDown();
                            });
                }
                ready.await();
                var took = (System.nanoTime() - begin) / 1e9;
                System.out.printf(
                        "%s, %d callers, %s: %,.0f runs/s; writer %.0f us of CPU a run%n",
                        name,
                        callers,
                        round == 0 ? "cold" : "warm",
                        done.get() / took,
                        (writerCpu() - cpu) / 1e3 / Math.max(1, done.get()));
            }
        }
    }

    /** Returns nanoseconds, which tell more than the clock does where others use the machine. */
    private static long writerCpu() {
        var threads = ManagementFactory.getThreadMXBean();
        for (var thread : threads.dumpAllThreads(false, false)) {
            if (thread.getThreadName().equals("headrace-store-writer")) {
                return threads.getThreadCpuTime(thread.getThreadId());
            }
        }
        return 0;
    }

    private static int work(RunStore runs) {
        var claims = runs.claim("bench", List.of("default"), Set.of(), 1, Site.LEASE);
        for (Claim claim : claims) {
            var _ = runs.stepStarted(claim, 0, "run");
            var _ = runs.stepEnded(claim, 0, "run", Status.SUCCEEDED, "", 0);
            runs.finish(claim, RunStore.Ending.of(Status.SUCCEEDED, ""));
        }
        return claims.size();
    }
}
