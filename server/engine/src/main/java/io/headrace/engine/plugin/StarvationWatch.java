package io.headrace.engine.plugin;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps virtual threads going when plugins loop in them. The JDK does not take a virtual thread off
 * its carrier while it computes, so as many loops as there are cores would stop all others for
 * good. For each loop this adds a carrier, which the operating system then gives its share of time.
 */
final class StarvationWatch {

    private static final Logger log = LoggerFactory.getLogger(StarvationWatch.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Far longer than a busy but healthy server makes a virtual thread wait. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int MAX_CARRIERS = 64;

    private @Nullable Thread thread;

    /** Starts watching; a second call changes nothing. */
    synchronized void start() {
        if (thread == null) {
            thread =
                    Thread.ofPlatform()
                            .name("plugin-starvation-watch")
                            .daemon()
                            .inheritInheritableThreadLocals(false)
                            .start(StarvationWatch::watch);
        }
    }

    synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    private static void watch() {
        var scheduler = ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
        try {
            while (true) {
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
                var ran = new CountDownLatch(1);
                Thread.ofVirtual().name("plugin-starvation-probe").start(ran::countDown);
                if (!ran.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    addCarrier(scheduler);
                    ran.await();
                }
            }
        } catch (InterruptedException _) {
            // Told to stop.
        }
    }

    private static void addCarrier(VirtualThreadSchedulerMXBean scheduler) {
        var carriers = scheduler.getParallelism();
        if (carriers < MAX_CARRIERS) {
            log.warn(
                    "Virtual threads did not get to run for {} s, as a plugin probably loops; going"
                            + " on with {} carriers. Look for a busy thread, and restart the server",
                    PATIENCE.toSeconds(),
                    carriers + 1);
            scheduler.setParallelism(carriers + 1);
        } else {
            log.error("Virtual threads do not get to run with {} carriers; restart", carriers);
        }
    }
}
