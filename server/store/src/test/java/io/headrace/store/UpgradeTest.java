package io.headrace.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.engine.backup.ArchiveReader;
import io.headrace.engine.backup.Progress;
import io.headrace.engine.run.Claim;
import io.headrace.engine.run.RunFilter;
import io.headrace.engine.run.RunSummary;
import io.headrace.engine.run.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A database that an older Headrace left, with runs queued, running, waiting and about to be tried
 * again, is opened by this one, which loses nothing. {@code history-schema-2.zip} is what the last
 * version with that schema exported of a {@link History}.
 */
class UpgradeTest {

    private static final InstantSource LATER =
            InstantSource.fixed(TestDatabase.START.plus(Duration.ofHours(2)));

    @ParameterizedTest
    @EnumSource(TestDatabase.Kind.class)
    void anOlderDatabaseGoesOn(TestDatabase.Kind kind) throws IOException, SQLException {
        try (var database = EmptyDatabase.of(kind)) {
            makeOld(database.config());
            try (var stores = DatabaseStores.open(database.config(), LATER)) {
                goesOn(stores);
            }
            assertThat(Databases.check(database.config(), Progress.NONE).broken()).isEmpty();
        }
    }

    private static void makeOld(DatabaseConfig config) throws IOException, SQLException {
        var file = Path.of("src/test/resources/io/headrace/store/history-schema-2.zip");
        try (var vendor = DatabaseStores.connect(config, LATER);
                var archive = ArchiveReader.open(file)) {
            new Copying(vendor, Progress.NONE).readAsItWas(archive);
            assertThat(new Migrations(vendor).found()).isEqualTo(2);
        }
    }

    private static void goesOn(io.headrace.engine.Stores stores) {
        var runs = stores.runs();
        var site = new Site(stores);
        var all = runs.list(RunFilter.ALL, null, 100).items();

        assertThat(all)
                .extracting(RunSummary::status)
                .containsExactly(
                        Status.QUEUED,
                        Status.ERRORED,
                        Status.CANCELLED,
                        Status.RUNNING,
                        Status.FAILED,
                        Status.SUCCEEDED);
        assertThat(runs.running("worker-1")).extracting(Claim::key).containsExactly("runs");
        // The worker is gone, its lease is over: what ran, what was to be tried again and what was
        // queued is all there is to do; then comes what waits for it.
        runs.expireLeases();
        assertThat(runs.depth().queued()).isEqualTo(3);
        for (var claims = site.claim(3); !claims.isEmpty(); claims = site.claim(3)) {
            claims.forEach(site::succeed);
        }
        assertThat(runs.list(RunFilter.ALL, null, 100).items())
                .extracting(RunSummary::status)
                .containsExactly(
                        Status.SUCCEEDED,
                        Status.ERRORED,
                        Status.CANCELLED,
                        Status.SUCCEEDED,
                        Status.FAILED,
                        Status.SUCCEEDED);
        assertThat(site.detail(all.get(3).id()).job("waits").orElseThrow().status())
                .isEqualTo(Status.SUCCEEDED);
        var next = site.newRun(all.getFirst().projectId(), Plans.of(Plans.job("next").build()));
        assertThat(runs.accept(next).number()).isEqualTo(7);
    }
}
