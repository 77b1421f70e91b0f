package io.headrace.engine.log;

import static io.headrace.engine.log.LogFixture.ATTEMPT;
import static io.headrace.engine.log.LogFixture.print;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFollowerTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private @TempDir Path directory;
    private LogFixture fixture;

    @BeforeEach
    void start() {
        fixture = new LogFixture(directory);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void aFollowerGetsWhatIsThereThenWhatComesThenTheEnd() throws Exception {
        var log = fixture.open();
        try (var follower = fixture.logs.follow(ATTEMPT, 2)) {
            log.line(0, "1\n2\n3");
            assertThat(texts(follower.next(1, LONG))).containsExactly("2");
            assertThat(texts(follower.next(9, LONG))).containsExactly("3");
            assertThat(follower.next(9, Duration.ZERO)).isEmpty();
            assertThat(follower.ended()).isFalse();

            log.line(0, "4");
            log.close();

            assertThat(texts(follower.next(9, LONG))).containsExactly("4");
            assertThat(follower.next(9, LONG)).isEmpty();
            assertThat(follower.ended()).isTrue();
        }
    }

    @Test
    void aLogCanBeFollowedBeforeItIsOpened() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waits = new CountDownLatch(1);
            var followed = threads.submit(() -> followToEnd(1, waits));
            waits.await();

            try (var log = fixture.open()) {
                log.line(0, "hello");
            }

            assertThat(followed.get()).containsExactly("hello");
        }
    }

    @Test
    void aLogThatHasEndedIsFollowedFromItsFile() throws Exception {
        try (var log = fixture.open();
                var output = log.output(0)) {
            for (var i = 1; i <= 30_000; i++) {
                print(output, "line " + i + "\n");
            }
        }
        fixture.close();

        var texts = followToEnd(29_000, new CountDownLatch(0));

        assertThat(texts).hasSize(1_001).startsWith("line 29000").endsWith("line 30000");
        try (var follower = fixture.logs.follow(ATTEMPT, 30_001)) {
            assertThat(follower.next(1, LONG)).isEmpty();
            assertThat(follower.ended()).isTrue();
        }
    }

    @Test
    void manyFollowersAllGetEveryLineInOrder() throws Exception {
        var followers = 50;
        var lines = 20_000;
        var log = fixture.open();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var ready = new CountDownLatch(followers);
            Callable<List<String>> follow = () -> followToEnd(1, ready);
            var followed =
                    IntStream.range(0, followers).mapToObj(_ -> threads.submit(follow)).toList();
            ready.await();

            try (var output = log.output(0)) {
                for (var i = 1; i <= lines; i++) {
                    print(output, i + "\n");
                }
            }
            log.close();

            var expected = IntStream.rangeClosed(1, lines).mapToObj(String::valueOf).toList();
            for (var texts : followed) {
                assertThat(texts.get().equals(expected)).isTrue();
            }
        }
    }

    @Test
    void aFollowerOfALogThatWasLeftBehindGoesOnWithItsNextWriter() throws Exception {
        var log = fixture.open();
        log.line(0, "one");
        var afterCrash = new Logs(directory, InstantSource.system(), LogSettings.DEFAULT);

        try (afterCrash;
                var follower = afterCrash.follow(ATTEMPT, 1)) {
            assertThat(texts(follower.next(9, LONG))).containsExactly("one");
            try (var next = afterCrash.open(ATTEMPT, Masker.NONE)) {
                next.line(0, "two");
            }

            assertThat(texts(follower.next(9, LONG))).containsExactly("two");
            assertThat(follower.next(9, LONG)).isEmpty();
            assertThat(follower.ended()).isTrue();
        }
    }

    @Test
    void aLogThatAnotherProcessWritesIsFollowedToItsEnd() throws Exception {
        var log = fixture.open();
        log.line(0, "one");

        try (var elsewhere = new Logs(directory, InstantSource.system(), LogSettings.DEFAULT);
                var follower = elsewhere.follow(ATTEMPT, 1)) {
            assertThat(texts(follower.next(9, LONG))).containsExactly("one");
            log.line(0, "two");
            assertThat(texts(follower.next(9, LONG))).containsExactly("two");
            log.line(0, "three");
            log.close();
            assertThat(texts(follower.next(9, LONG))).containsExactly("three");
            assertThat(follower.next(9, LONG)).isEmpty();
            assertThat(follower.ended()).isTrue();
        }
    }

    private List<String> followToEnd(long from, CountDownLatch ready) throws InterruptedException {
        var texts = new ArrayList<String>();
        try (var follower = fixture.logs.follow(ATTEMPT, from)) {
            ready.countDown();
            while (!follower.ended()) {
                texts.addAll(texts(follower.next(1_000, LONG)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    private static List<String> texts(List<LogLine> lines) {
        return lines.stream().map(LogLine::text).toList();
    }
}
