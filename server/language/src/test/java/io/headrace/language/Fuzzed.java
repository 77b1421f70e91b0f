package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** What holds for any input. */
final class Fuzzed {

    private static final Duration LONGEST = Duration.ofSeconds(1);

    private Fuzzed() {}

    /** Runs {@code work}, and again if it took too long: the first time may have loaded classes. */
    static void quickly(Runnable work) {
        if (time(work).compareTo(LONGEST) > 0) {
            assertThat(time(work)).isLessThan(LONGEST);
        }
    }

    /** Returns time on the processor, so that a busy machine makes no findings. */
    private static Duration time(Runnable work) {
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        work.run();
        return Duration.ofNanos(threads.getCurrentThreadCpuTime() - start);
    }

    static void assertHelps(PipelineProblem problem) {
        assertThat(problem.line()).as("%s", problem).isPositive();
        assertThat(problem.column()).as("%s", problem).isPositive();
        assertThat(problem.length()).as("%s", problem).isPositive();
        assertThat(problem.message()).as("%s", problem).isNotBlank();
        assertThat(problem.fix()).as("%s", problem).isNotBlank();
    }
}
