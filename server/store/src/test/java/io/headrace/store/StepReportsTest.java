package io.headrace.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.headrace.engine.run.RunDetail;
import io.headrace.engine.run.Status;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Reports on steps that the database does not take. */
class StepReportsTest extends StoresTest {

    @Test
    void noAttemptEndsWithoutWhatWasReportedOfItsSteps() throws SQLException {
        var run = site.accept(site.project("shop"), Plans.of(Plans.job("a").build()));
        var claim = site.claim("a");
        rename("name", "label");
        var started = stores.runs().stepStarted(claim, 0, "build").toCompletableFuture();
        assertThatThrownBy(started::join).isInstanceOf(CompletionException.class);
        var ended =
                stores.runs()
                        .stepEnded(claim, 0, "build", Status.SUCCEEDED, "", 0)
                        .toCompletableFuture();
        assertThatThrownBy(ended::join).isInstanceOf(CompletionException.class);
        rename("label", "name");

        site.succeed(claim);

        var steps = site.job(run, "a").attempts().getFirst().steps();
        assertThat(steps)
                .extracting(RunDetail.Step::name, RunDetail.Step::status)
                .containsExactly(tuple("build", Status.SUCCEEDED));
    }

    @Test
    void whatIsWrittenLateDoesNotUndoWhatCameAfterItInTheSameTransaction() throws Exception {
        var project = site.project("shop");
        var run = site.accept(project, Plans.of(Plans.job("a").build()));
        var claim = site.claim("a");
        site.accept(project, Plans.of(Plans.job("b").build()));
        var other = site.claim("b");
        rename("name", "label");
        var lost = stores.runs().stepStarted(claim, 0, "build").toCompletableFuture();
        assertThatThrownBy(lost::join).isInstanceOf(CompletionException.class);
        rename("label", "name");

        try (var connection = connect();
                var statement = connection.createStatement()) {
            // The writer waits for this row, so that all that follows comes into one transaction.
            connection.setAutoCommit(false);
            statement.executeUpdate(
                    "update live set number = number where attempt_id = "
                            + other.attempt().value());
            var renewing = waiting(() -> stores.runs().renew(List.of(other), Site.LEASE));
            stores.runs().stepEnded(claim, 0, "build", Status.SUCCEEDED, "", 0);
            var finishing = waiting(() -> site.succeed(claim));
            connection.commit();
            renewing.join();
            finishing.join();
        }

        assertThat(site.job(run, "a").attempts().getFirst().steps())
                .extracting(RunDetail.Step::status)
                .containsExactly(Status.SUCCEEDED);
    }

    /** Starts a thread, and returns once it waits for the writer. */
    private static Thread waiting(Runnable task) {
        var thread = Thread.ofPlatform().start(task);
        Awaitility.await().until(() -> thread.getState() == Thread.State.WAITING);
        return thread;
    }

    @Test
    void theNextReportBringsTheOnesBefore() throws SQLException {
        var run = site.accept(site.project("shop"), Plans.of(Plans.job("a").build()));
        var claim = site.claim("a");
        rename("name", "label");
        var lost =
                stores.runs()
                        .stepEnded(claim, 0, "build", Status.SUCCEEDED, "", 0)
                        .toCompletableFuture();
        assertThatThrownBy(lost::join).isInstanceOf(CompletionException.class);
        rename("label", "name");

        assertThat(stores.runs().stepStarted(claim, 1, "test").toCompletableFuture())
                .succeedsWithin(Duration.ofSeconds(20));

        assertThat(site.job(run, "a").attempts().getFirst().steps())
                .extracting(RunDetail.Step::status)
                .containsExactly(Status.SUCCEEDED, Status.RUNNING);
    }

    /** Nothing can be written of steps while a column has another name. */
    private void rename(String from, String to) throws SQLException {
        var config = database.config();
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(
                    config.isDerby()
                            ? "rename column step." + from + " to " + to
                            : "alter table step rename column " + from + " to " + to);
        }
    }

    private Connection connect() throws SQLException {
        var config = database.config();
        return config.isDerby()
                ? DriverManager.getConnection("jdbc:derby:" + config.derbyDirectory())
                : DriverManager.getConnection(config.url(), config.user(), config.password());
    }
}
