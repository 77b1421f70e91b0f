package io.headrace.store;

import io.headrace.engine.Page;
import io.headrace.engine.project.Project;
import io.headrace.engine.project.ProjectId;
import io.headrace.engine.project.ProjectStore;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Projects in a database. */
final class DatabaseProjects implements ProjectStore {

    private static final String SELECT =
            "select id, name, source_type, source_url, source_branch, pipeline_file, created_at,"
                    + " updated_at, version from project where deleted = 0";

    private final Core core;
    private final Deletion deletion;

    DatabaseProjects(Core core) {
        this.core = core;
        this.deletion = new Deletion(core);
    }

    private static Project project(Row row) throws SQLException {
        return new Project(
                new ProjectId(row.number(1)),
                row.text(2),
                new Project.Source(row.text(3), row.text(4), row.textOrNull(5)),
                row.text(6),
                row.time(7),
                row.time(8),
                row.small(9));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean add(Project project) {
        return core.writer().change(transaction -> add(transaction, project));
    }

    private static boolean add(Transaction transaction, Project project) throws SQLException {
        var sql = transaction.sql();
        if (sql.exists("select 1 from project where name_key = ?", key(project.name()))) {
            return false;
        }
        sql.update(
                "insert into project (id, name, name_key, source_type, source_url, source_branch,"
                        + " pipeline_file, created_at, updated_at, version, deleted)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
                project.id().value(),
                project.name(),
                key(project.name()),
                project.source().type(),
                project.source().url(),
                project.source().branch(),
                project.pipelineFile(),
                project.createdAt(),
                project.updatedAt(),
                project.version());
        sql.update(
                "insert into run_number (project_id, last_number) values (?, 0)",
                project.id().value());
        return true;
    }

    @Override
    public Optional<Project> find(String name) {
        return core.readers()
                .read(sql ->
                        sql.first(
                                SELECT + " and name_key = ?",
                                DatabaseProjects::project,
                                key(name)));
    }

    @Override
    public Optional<Project> find(ProjectId id) {
        return core.readers()
                .read(sql ->
                        sql.first(SELECT + " and id = ?", DatabaseProjects::project, id.value()));
    }

    @Override
    public Page<Project> list(@Nullable String after, int limit) {
        Cursors.check(limit);
        var end = " order by name_key fetch first ? rows only";
        var found =
                core.readers()
                        .read(sql ->
                                after == null
                                        ? sql.list(
                                                SELECT + end, DatabaseProjects::project, limit + 1)
                                        : sql.list(
                                                SELECT + " and name_key > ?" + end,
                                                DatabaseProjects::project,
                                                after,
                                                limit + 1));
        return Cursors.page(found, limit, project -> key(project.name()));
    }

    @Override
    public boolean update(Project project) {
        return core.writer().change(transaction -> update(transaction, project));
    }

    private static boolean update(Transaction transaction, Project project) throws SQLException {
        var sql = transaction.sql();
        if (sql.exists(
                "select 1 from project where name_key = ? and id <> ?",
                key(project.name()),
                project.id().value())) {
            return false;
        }
        return sql.update(
                        "update project set name = ?, name_key = ?, source_type = ?,"
                                + " source_url = ?, source_branch = ?, pipeline_file = ?,"
                                + " updated_at = ?, version = ?"
                                + " where id = ? and version = ? and deleted = 0",
                        project.name(),
                        key(project.name()),
                        project.source().type(),
                        project.source().url(),
                        project.source().branch(),
                        project.pipelineFile(),
                        project.updatedAt(),
                        project.version(),
                        project.id().value(),
                        project.version() - 1)
                == 1;
    }

    @Override
    public boolean delete(ProjectId id, Consumer<Remains> leaves) {
        return deletion.delete(id, leaves);
    }
}
