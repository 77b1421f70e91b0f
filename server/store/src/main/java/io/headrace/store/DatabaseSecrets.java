package io.headrace.store;

import io.headrace.engine.project.ProjectId;
import io.headrace.engine.secret.Secret;
import io.headrace.engine.secret.SecretStore;
import io.headrace.engine.secret.SourceLogin;
import io.headrace.store.Operation.Turn;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Secrets of projects in a database. */
final class DatabaseSecrets implements SecretStore {

    private final Core core;

    DatabaseSecrets(Core core) {
        this.core = core;
    }

    @Override
    public List<Secret> list(ProjectId project) {
        return core.readers()
                .read(sql ->
                        sql.list(
                                "select name, updated_at, updated_by from secret"
                                        + " where project_id = ? order by name",
                                row -> new Secret(row.text(1), row.time(2), row.text(3)),
                                project.value()));
    }

    @Override
    public Map<String, String> sealed(ProjectId project) {
        var sealed = new HashMap<String, String>();
        core.readers()
                .read(sql ->
                        sql.list(
                                "select name, content from secret where project_id = ?",
                                row -> Map.entry(row.text(1), row.text(2)),
                                project.value()))
                .forEach(secret -> sealed.put(secret.getKey(), secret.getValue()));
        return sealed;
    }

    @Override
    public boolean put(ProjectId project, Secret secret, String sealed) {
        return replace(
                project,
                sql -> {
                    remove(sql, project, secret.name());
                    sql.update(
                            "insert into secret (project_id, name, content, updated_at,"
                                    + " updated_by) values (?, ?, ?, ?, ?)",
                            project.value(),
                            secret.name(),
                            sealed,
                            secret.updatedAt(),
                            secret.updatedBy());
                });
    }

    @Override
    public boolean delete(ProjectId project, String name) {
        return write(project, sql -> remove(sql, project, name));
    }

    private static boolean remove(Sql sql, ProjectId project, String name) throws SQLException {
        return sql.update(
                        "delete from secret where project_id = ? and name = ?",
                        project.value(),
                        name)
                == 1;
    }

    @Override
    public Optional<SealedLogin> login(ProjectId project) {
        return core.readers()
                .read(sql ->
                        sql.first(
                                "select kind, user_name, known_hosts, url, updated_at,"
                                        + " updated_by, content from source_login"
                                        + " where project_id = ?",
                                DatabaseSecrets::login,
                                project.value()));
    }

    private static SealedLogin login(Row row) throws SQLException {
        return new SealedLogin(
                new SourceLogin(
                        SourceLogin.Kind.valueOf(row.text(1)),
                        row.textOrNull(2),
                        row.textOrNull(3),
                        row.text(4),
                        row.time(5),
                        row.text(6)),
                row.text(7));
    }

    @Override
    public boolean putLogin(ProjectId project, SealedLogin sealed) {
        var login = sealed.login();
        return replace(
                project,
                sql -> {
                    removeLogin(sql, project);
                    sql.update(
                            "insert into source_login (project_id, kind, user_name, known_hosts,"
                                    + " url, content, updated_at, updated_by)"
                                    + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                            project.value(),
                            login.kind().name(),
                            login.user(),
                            login.knownHosts(),
                            login.url(),
                            sealed.sealed(),
                            login.updatedAt(),
                            login.updatedBy());
                });
    }

    @Override
    public boolean deleteLogin(ProjectId project) {
        return write(project, sql -> removeLogin(sql, project));
    }

    private static boolean removeLogin(Sql sql, ProjectId project) throws SQLException {
        return sql.update("delete from source_login where project_id = ?", project.value()) == 1;
    }

    private interface Writing {

        boolean run(Sql sql) throws SQLException;
    }

    private interface Replacement {

        void run(Sql sql) throws SQLException;
    }

    private boolean write(ProjectId project, Writing writing) {
        return core.writer()
                .call(Turn.PROJECT, project.value(), transaction -> writing.run(transaction.sql()));
    }

    /** Returns false, having done nothing, if the project is gone. */
    private boolean replace(ProjectId project, Replacement replacement) {
        return write(
                project,
                sql -> {
                    if (!isThere(sql, project)) {
                        return false;
                    }
                    replacement.run(sql);
                    return true;
                });
    }

    /** Locks the project, so that two who replace the same secret come one after the other. */
    private static boolean isThere(Sql sql, ProjectId project) throws SQLException {
        return sql.update(
                        "update project set deleted = 0 where id = ? and deleted = 0",
                        project.value())
                == 1;
    }
}
