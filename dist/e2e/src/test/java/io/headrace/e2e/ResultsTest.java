package io.headrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.run.RunDetail;
import io.headrace.engine.run.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that ask what the jobs before them left, in a real engine. */
class ResultsTest {

    private static @TempDir Path directory;
    private static Engine engine;

    @BeforeAll
    static void start() throws IOException {
        engine = Engine.start(directory, Map.of("worker.slots", "4", "shutdown.patience", "0"));
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @Test
    void aJobSeesHowTheJobsBeforeItEndedAndWhatTheyLeft() throws IOException {
        var run =
                finished(
                        "left",
                        """
                        name: left
                        jobs:
                          build:
                            matrix: {part: [one, two]}
                            artifacts: {text: "*.txt"}
                            steps:
                              - name: write
                                run: printf '%s' "$PART" > "$PART.txt"
                          broken:
                            artifacts: {log: {paths: [x.log], when: always}}
                            steps:
                              - name: break
                                run: echo log > x.log; exit 7
                          skipped:
                            if: tag == "v1"
                            steps: [{name: never, run: "true"}]
                          tell:
                            needs: [build, broken, skipped]
                            if: job.broken.status == "failed" && job.build.artifacts.count == 2
                            environment:
                              STATES: ${job.build.status} ${JOB.broken.status} ${{ job.skipped.status }}
                              ONE: ${{ job.build-one.artifacts.text }}
                              BOTH: ${job.build.artifacts.text}
                              FAILED: <${job.broken.artifacts.log}>${job.broken.artifacts.count}
                            steps:
                              - name: tell
                                run: echo "$STATES, $ONE, $BOTH, $FAILED, $STEP"
                                environment: {STEP: "$STATES"}
                              - name: never
                                if: job.build.status == "failed"
                                run: echo never
                              - name: check
                                run: |
                                  test "$ONE" = "sha256:$(printf one | sha256sum | cut -c1-64)"
                                  printf one > one.txt; printf two > two.txt
                                  test "$BOTH" = "sha256:$(sha256sum one.txt two.txt | sort | sha256sum | cut -c1-64)"
                        """);

        assertThat(job(run, "broken").status()).isEqualTo(Status.FAILED);
        assertThat(job(run, "tell").status()).as(run.toString()).isEqualTo(Status.SUCCEEDED);
        assertThat(engine.log(run, "tell"))
                .contains("succeeded failed skipped, sha256:")
                .contains(", <>0, succeeded failed skipped")
                .contains("Skipped: job.build.status == \"failed\" with job.build.status =");
    }

    @Test
    void aStepGetsTheDigestOfFilesThatAnEarlierStepWrote() throws IOException {
        var run =
                finished(
                        "files",
                        """
                        name: files
                        jobs:
                          build:
                            steps:
                              - name: write
                                run: |
                                  mkdir sub && printf one > pom.xml && printf two > sub/pom.xml
                                  ln -s /etc sub/etc && ln -s /etc/passwd sub/pom.link
                              - name: check
                                run: |
                                  test "$HASH" = "$(sha256sum pom.xml sub/pom.xml | sha256sum | cut -c1-64)"
                                  test "$NONE" = "<>" && test "$LINKS" = ""
                                environment:
                                  HASH: ${{ hashFiles("pom.xml", "**/pom.xml") }}
                                  NONE: <{{ hashFiles('nothing/**') }}>
                                  LINKS: "{{ hashFiles('sub/etc/passwd', 'sub/pom.link') }}"
                        """);

        assertThat(job(run, "build").status()).as(run.toString()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void aJobWhoseConditionAsksForAnotherStatusIsSkippedAndSaysWhy() throws IOException {
        var run =
                finished(
                        "other",
                        """
                        name: other
                        jobs:
                          build:
                            steps: [{name: make, run: "true"}]
                          alarm:
                            needs: build
                            if: job.build.status == "failed"
                            steps: [{name: alarm, run: "true"}]
                        """);

        assertThat(run.run().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(job(run, "alarm").status()).isEqualTo(Status.SKIPPED);
        assertThat(job(run, "alarm").reason())
                .isEqualTo("job.build.status == \"failed\" with job.build.status = \"succeeded\"");
    }

    private static RunDetail finished(String project, String pipeline) throws IOException {
        engine.add(project, directory.resolve(project), pipeline);
        return engine.awaited(engine.trigger(project, "main"));
    }

    private static RunDetail.Job job(RunDetail run, String key) {
        return run.job(key).orElseThrow();
    }
}
