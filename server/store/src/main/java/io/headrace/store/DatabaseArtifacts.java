package io.headrace.store;

import io.headrace.engine.artifact.Artifact;
import io.headrace.engine.artifact.ArtifactCatalog;
import io.headrace.engine.artifact.ArtifactId;
import io.headrace.engine.run.AttemptId;
import io.headrace.engine.run.JobId;
import io.headrace.engine.run.RunId;
import io.headrace.store.Operation.Turn;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of artifacts in a database. */
final class DatabaseArtifacts implements ArtifactCatalog {

    private static final String SELECT =
            "select a.id, a.run_id, a.job_id, a.attempt_id, a.job_key, a.name, a.path, a.sha256,"
                    + " a.bytes, a.content_type, a.executable, a.consumable, a.created_at,"
                    + " a.expires_at, a.expired from artifact a";

    private final Core core;

    DatabaseArtifacts(Core core) {
        this.core = core;
    }

    private static Artifact artifact(Row row) throws SQLException {
        return new Artifact(
                new ArtifactId(row.number(1)),
                new RunId(row.number(2)),
                new JobId(row.number(3)),
                new AttemptId(row.number(4)),
                row.text(5),
                row.text(6),
                row.text(7),
                row.text(8),
                row.number(9),
                row.text(10),
                row.flag(11),
                row.flag(12),
                row.time(13),
                row.timeOrNull(14),
                row.flag(15));
    }

    @Override
    public void add(Collection<Artifact> artifacts) {
        if (artifacts.isEmpty()) {
            return;
        }
        var rows = artifacts.stream().map(DatabaseArtifacts::values).toList();
        core.writer()
                .call(
                        Turn.RUN,
                        artifacts.iterator().next().run().value(),
                        transaction -> {
                            transaction
                                    .sql()
                                    .batch(
                                            "insert into artifact (id, run_id, job_id, attempt_id,"
                                                    + " job_key, name, path, sha256, bytes,"
                                                    + " content_type, executable, consumable,"
                                                    + " created_at, expires_at, expired)"
                                                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                                                    + " ?, ?, ?, ?)",
                                            rows);
                            artifacts.forEach(artifact -> transaction.changed(artifact.run()));
                            return true;
                        });
    }

    private static @Nullable Object[] values(Artifact artifact) {
        return new @Nullable Object[] {
            artifact.id().value(),
            artifact.run().value(),
            artifact.job().value(),
            artifact.attempt().value(),
            artifact.jobKey(),
            artifact.name(),
            artifact.path(),
            artifact.sha256(),
            artifact.size(),
            artifact.contentType(),
            artifact.executable(),
            artifact.consumable(),
            artifact.createdAt(),
            artifact.expiresAt(),
            artifact.expired()
        };
    }

    @Override
    public Optional<Artifact> find(ArtifactId id) {
        return core.readers()
                .read(sql ->
                        sql.first(
                                SELECT + " where a.id = ?",
                                DatabaseArtifacts::artifact,
                                id.value()));
    }

    @Override
    public List<Artifact> ofRun(RunId run) {
        return core.readers()
                .read(sql ->
                        sql.list(
                                SELECT
                                        + " join job j --DERBY-PROPERTIES"
                                        + " joinStrategy=NESTEDLOOP\n"
                                        + " on j.id = a.job_id where a.run_id = ?"
                                        + " order by j.place, a.name, a.path, a.id",
                                DatabaseArtifacts::artifact,
                                run.value()));
    }

    @Override
    public List<Artifact> ofJob(JobId job) {
        return core.readers()
                .read(sql ->
                        sql.list(
                                SELECT + " where a.job_id = ?" + " order by a.name, a.path, a.id",
                                DatabaseArtifacts::artifact,
                                job.value()));
    }

    @Override
    public boolean refersTo(String sha256) {
        return core.readers()
                .read(sql ->
                        sql.exists(
                                "select 1 from artifact where sha256 = ? and expired = 0", sha256));
    }

    @Override
    public List<String> expire(Instant now, @Nullable Instant madeBefore, int limit) {
        return core.writer()
                .call(
                        Turn.RUN,
                        0,
                        transaction -> {
                            var due = due(transaction.sql(), now, madeBefore, limit);
                            var ids =
                                    due.stream()
                                            .map(each -> new @Nullable Object[] {each.id()})
                                            .toList();
                            transaction
                                    .sql()
                                    .batch("update artifact set expired = 1 where id = ?", ids);
                            due.forEach(each -> transaction.changed(each.run()));
                            return due.stream().map(Due::sha256).toList();
                        });
    }

    /** An artifact whose time is over. */
    private record Due(long id, RunId run, String sha256) {}

    private static List<Due> due(Sql sql, Instant now, @Nullable Instant madeBefore, int limit)
            throws SQLException {
        var due = new ArrayList<>(due(sql, "a.expires_at <= ?", now, limit));
        if (madeBefore != null && due.size() < limit) {
            due.addAll(
                    due(
                            sql,
                            "a.expires_at is null and a.created_at < ?",
                            madeBefore,
                            limit - due.size()));
        }
        return due;
    }

    private static List<Due> due(Sql sql, String condition, Instant time, int limit)
            throws SQLException {
        return sql.list(
                "select a.id, a.run_id, a.sha256 from artifact a"
                        + " join run r --DERBY-PROPERTIES joinStrategy=NESTEDLOOP\n"
                        + " on r.id = a.run_id where a.expired = 0 and "
                        + condition
                        + " and r.finished_at is not null fetch first ? rows only",
                row -> new Due(row.number(1), new RunId(row.number(2)), row.text(3)),
                time,
                limit);
    }
}
