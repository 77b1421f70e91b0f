package io.headrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.run.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipeline files that take parts from another repository, with git. */
class IncludedRepositoryTest {

    private @TempDir Path directory;
    private Path allowed;
    private Repository shared;
    private Engine engine;

    @SuppressWarnings("NullAway.Init") // open() is called before each test.
    IncludedRepositoryTest() {}

    @BeforeEach
    void open() throws IOException {
        allowed = directory.resolve("allowed");
        shared = Repository.create(allowed.resolve("ci")).write("ci/base.yml", job("first"));
        shared.commit("one");
        engine =
                Engine.start(
                        directory,
                        Map.of(
                                "worker.slots",
                                "1",
                                "pipeline.include.repositories",
                                allowed + "/*"));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static String job(String name) {
        return "jobs: {%s: {steps: [{name: say, run: echo %s}]}}\n".formatted(name, name);
    }

    private static String including(Path repository) {
        return "name: shop\ninclude: [{repository: '%s', path: ci/base.yml}]\n"
                .formatted(repository);
    }

    @Test
    void aRunTakesTheFileAtTheCommitThatIsNewestThenAndKeepsWhichItWas() throws IOException {
        engine.add("shop", directory.resolve("shop"), including(allowed.resolve("ci")));

        var before = engine.awaited(engine.trigger("shop", null));
        shared.write("ci/base.yml", job("second")).commit("two");
        var after = engine.awaited(engine.trigger("shop", null));

        assertThat(before.run().status()).as(before.run().reason()).isEqualTo(Status.SUCCEEDED);
        assertThat(engine.log(before, "first")).contains("first");
        assertThat(engine.log(after, "second")).contains("second");
        var runs = engine.headrace().runs();
        var commits = runs.plan(before.run().id()).orElseThrow().terms().included();
        assertThat(commits).containsOnlyKeys(allowed.resolve("ci").toString());
        assertThat(commits.values()).allMatch(commit -> commit.matches("[0-9a-f]{40}"));
        assertThat(runs.plan(after.run().id()).orElseThrow().terms().included())
                .isNotEqualTo(commits);
    }

    @Test
    void aRepositoryThatIsNotOnTheListIsNotRead() throws IOException {
        var other = directory.resolve("other");
        Repository.create(other).write("ci/base.yml", job("stolen")).commit("one");
        engine.add("shop", directory.resolve("shop"), including(other));

        var run = engine.awaited(engine.trigger("shop", null));

        assertThat(run.run().status()).isEqualTo(Status.ERRORED);
        assertThat(run.jobs()).isEmpty();
        assertThat(run.run().reason())
                .contains(
                        "'%s:ci/base.yml' can't be read: this server does not allow files of that repository; ask the operator to add it to pipeline.include.repositories"
                                .formatted(other));
    }
}
