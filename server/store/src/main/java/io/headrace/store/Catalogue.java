package io.headrace.store;

import io.headrace.engine.StoreException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The tables of a database, as the database itself tells: so none can be forgotten that is added
 * later. Names are in lower case, whatever the database makes of them. Flyway's own table is left
 * out.
 *
 * @param tables those that others refer to before those that refer to them
 */
record Catalogue(List<Table> tables) {

    /** What a column holds, as far as it matters to a copy. */
    enum Kind {
        INTEGER,
        TEXT
    }

    record Column(String name, Kind kind) {}

    /** A foreign key: each row with values in {@code columns} has a row in {@code to}. */
    record Reference(String name, List<String> columns, String to, List<String> toColumns) {}

    /**
     * @param key columns of the primary key, in their order
     */
    record Table(String name, List<Column> columns, List<String> key, List<Reference> references) {

        List<String> names() {
            return columns.stream().map(Column::name).toList();
        }

        /** Reads all rows, those that were there first before the others. */
        String select() {
            return "select %s from %s order by %s"
                    .formatted(String.join(", ", names()), name, String.join(", ", key));
        }

        String insert() {
            return "insert into %s (%s) values (%s)"
                    .formatted(
                            name,
                            String.join(", ", names()),
                            String.join(", ", columns.stream().map(_ -> "?").toList()));
        }
    }

    Catalogue {
        tables = List.copyOf(tables);
    }

    /**
     * @throws StoreException if a table has no primary key, has a column of a type that a copy
     *     can't keep, or refers to itself by way of others: a defect of the schema
     */
    static Catalogue read(Connection connection) throws SQLException {
        var data = connection.getMetaData();
        var schema = connection.getSchema();
        var columns = columns(data, schema);
        var tables = new TreeMap<String, Table>();
        try (var found = data.getTables(null, schema, "%", new String[] {"TABLE"})) {
            while (found.next()) {
                var name = found.getString("TABLE_NAME");
                if (!name.equals(Migrations.HISTORY)) {
                    tables.put(lower(name), table(data, schema, name, columns));
                }
            }
        }
        return new Catalogue(inOrder(tables));
    }

    private static Table table(
            DatabaseMetaData data,
            String schema,
            String name,
            Map<String, TreeMap<Integer, Column>> columns)
            throws SQLException {
        var key = new TreeMap<Integer, String>();
        try (var found = data.getPrimaryKeys(null, schema, name)) {
            while (found.next()) {
                key.put(found.getInt("KEY_SEQ"), lower(found.getString("COLUMN_NAME")));
            }
        }
        if (key.isEmpty()) {
            throw new StoreException("The table '" + lower(name) + "' has no primary key");
        }
        return new Table(
                lower(name),
                List.copyOf(columns.getOrDefault(lower(name), new TreeMap<>()).values()),
                List.copyOf(key.values()),
                references(data, schema, name));
    }

    private static Map<String, TreeMap<Integer, Column>> columns(
            DatabaseMetaData data, String schema) throws SQLException {
        var columns = new TreeMap<String, TreeMap<Integer, Column>>();
        try (var found = data.getColumns(null, schema, "%", "%")) {
            while (found.next()) {
                var table = found.getString("TABLE_NAME");
                if (table.equals(Migrations.HISTORY)) {
                    continue;
                }
                var name = lower(found.getString("COLUMN_NAME"));
                var kind = kind(lower(table) + "." + name, found.getInt("DATA_TYPE"));
                columns.computeIfAbsent(lower(table), _ -> new TreeMap<>())
                        .put(found.getInt("ORDINAL_POSITION"), new Column(name, kind));
            }
        }
        return columns;
    }

    private static Kind kind(String column, int type) {
        return switch (type) {
            case Types.SMALLINT, Types.INTEGER, Types.BIGINT -> Kind.INTEGER;
            case Types.VARCHAR, Types.CHAR, Types.CLOB, Types.LONGVARCHAR -> Kind.TEXT;
            default ->
                    throw new StoreException(
                            "The column '%s' is of a type that a copy can't keep (%d)"
                                    .formatted(column, type));
        };
    }

    private static List<Reference> references(DatabaseMetaData data, String schema, String table)
            throws SQLException {
        record Link(String column, String to, String toColumn) {}
        var links = new TreeMap<String, TreeMap<Integer, Link>>();
        try (var found = data.getImportedKeys(null, schema, table)) {
            while (found.next()) {
                links.computeIfAbsent(lower(found.getString("FK_NAME")), _ -> new TreeMap<>())
                        .put(
                                found.getInt("KEY_SEQ"),
                                new Link(
                                        lower(found.getString("FKCOLUMN_NAME")),
                                        lower(found.getString("PKTABLE_NAME")),
                                        lower(found.getString("PKCOLUMN_NAME"))));
            }
        }
        var references = new ArrayList<Reference>();
        links.forEach((name, parts) ->
                references.add(
                        new Reference(
                                name,
                                parts.values().stream().map(Link::column).toList(),
                                parts.firstEntry().getValue().to(),
                                parts.values().stream().map(Link::toColumn).toList())));
        references.sort(Comparator.comparing(reference -> reference.columns().toString()));
        return List.copyOf(references);
    }

    private static List<Table> inOrder(Map<String, Table> tables) {
        var ordered = new ArrayList<Table>();
        var placed = new HashSet<String>();
        var rest = new TreeSet<>(tables.keySet());
        while (!rest.isEmpty()) {
            var next =
                    rest.stream()
                            .map(name -> java.util.Objects.requireNonNull(tables.get(name)))
                            .filter(table -> isReady(table, placed))
                            .findFirst()
                            .orElseThrow(() ->
                                    new StoreException(
                                            "These tables refer to each other in a circle: "
                                                    + rest));
            ordered.add(next);
            placed.add(next.name());
            rest.remove(next.name());
        }
        return ordered;
    }

    /** A table may refer to itself: its rows come in the order of their keys. */
    private static boolean isReady(Table table, Set<String> placed) {
        return table.references().stream()
                .map(Reference::to)
                .allMatch(to -> to.equals(table.name()) || placed.contains(to));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
