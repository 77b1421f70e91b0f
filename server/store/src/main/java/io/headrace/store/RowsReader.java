package io.headrace.store;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.headrace.engine.Refused;
import io.headrace.engine.backup.ArchiveReader;
import io.headrace.engine.backup.Manifest;
import io.headrace.engine.backup.Progress;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/** Reads the rows of an archive into empty tables, in constant memory. */
final class RowsReader {

    /** Derby keeps a lock for each row of a transaction. */
    private static final int COMMIT = 5000;

    private static final int BATCH = 250;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            // The plan of a large run is one text.
                            StreamReadConstraints.builder()
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .maxDocumentLength(-1)
                                    .build())
                    .build();

    private final Connection connection;
    private final ArchiveReader archive;
    private final Progress progress;

    RowsReader(Connection connection, ArchiveReader archive, Progress progress) {
        this.connection = connection;
        this.archive = archive;
        this.progress = progress;
    }

    /**
     * Compares the parts of the archive with the tables.
     *
     * @throws Refused if a table has no part, or a part no table
     */
    void compare(Catalogue catalogue) {
        var wanted = new ArrayList<>(catalogue.tables().stream().map(RowsWriter::part).toList());
        for (var part : archive.manifest().parts()) {
            if (part.name().startsWith("database/") && !wanted.remove(part.name())) {
                throw wrong(part.name(), "there is no table for it in the database");
            }
        }
        if (!wanted.isEmpty()) {
            throw wrong(wanted.getFirst(), "it is missing");
        }
    }

    void read(Catalogue catalogue) throws SQLException, IOException {
        for (var table : catalogue.tables()) {
            var part = archive.manifest().part(RowsWriter.part(table)).orElseThrow();
            read(table, part);
        }
    }

    private void read(Catalogue.Table table, Manifest.Part part) throws SQLException, IOException {
        progress.at(part.name(), 0);
        try (var json = JSON.createParser(archive.part(part));
                var insert = connection.prepareStatement(table.insert())) {
            readHead(table, part, json);
            var rows = 0L;
            while (json.nextToken() != null) {
                bind(table, part, json, insert);
                insert.addBatch();
                rows++;
                if (rows % BATCH == 0) {
                    insert.executeBatch();
                }
                if (rows % COMMIT == 0) {
                    connection.commit();
                    progress.at(part.name(), rows);
                }
            }
            if (rows % BATCH != 0) {
                insert.executeBatch();
            }
            connection.commit();
            progress.at(part.name(), rows);
            if (rows != part.items()) {
                throw wrong(
                        part.name(),
                        "it has %,d rows, and the manifest says %,d".formatted(rows, part.items()));
            }
        } catch (JacksonException e) {
            throw wrong(part.name(), e.getOriginalMessage());
        }
    }

    private void readHead(Catalogue.Table table, Manifest.Part part, JsonParser json)
            throws IOException {
        var names = new ArrayList<String>();
        expect(json.nextToken() == JsonToken.START_OBJECT, part, json, "a line with the columns");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var field = json.currentName();
            var first = json.nextToken();
            if (field.equals("columns")) {
                expect(first == JsonToken.START_ARRAY, part, json, "a list of columns");
                while (json.nextToken() == JsonToken.VALUE_STRING) {
                    names.add(json.getText());
                }
            } else {
                json.skipChildren();
            }
        }
        if (!names.equals(table.names())) {
            throw wrong(
                    part.name(),
                    "it has the columns %s, and the table has %s".formatted(names, table.names()));
        }
    }

    private void bind(
            Catalogue.Table table, Manifest.Part part, JsonParser json, PreparedStatement insert)
            throws SQLException, IOException {
        expect(json.currentToken() == JsonToken.START_ARRAY, part, json, "a row");
        var place = 0;
        for (var column : table.columns()) {
            place++;
            var token = json.nextToken();
            if (token == JsonToken.VALUE_NULL) {
                insert.setNull(
                        place,
                        column.kind() == Catalogue.Kind.INTEGER ? Types.BIGINT : Types.VARCHAR);
                continue;
            }
            switch (column.kind()) {
                case INTEGER -> {
                    expect(
                            token == JsonToken.VALUE_NUMBER_INT,
                            part,
                            json,
                            "a whole number in column '" + column.name() + "'");
                    insert.setLong(place, json.getLongValue());
                }
                case TEXT -> {
                    expect(
                            token == JsonToken.VALUE_STRING,
                            part,
                            json,
                            "a text in column '" + column.name() + "'");
                    insert.setString(place, json.getText());
                }
            }
        }
        expect(
                json.nextToken() == JsonToken.END_ARRAY,
                part,
                json,
                "the end of a row of " + table.columns().size() + " columns");
    }

    private void expect(boolean met, Manifest.Part part, JsonParser json, String what) {
        if (!met) {
            throw wrong(
                    part.name(),
                    "line %d has not %s".formatted(json.currentLocation().getLineNr(), what));
        }
    }

    private Refused wrong(String part, String what) {
        return Refused.invalid("%s: '%s': %s".formatted(archive.file(), part, what));
    }

    /** Returns the tables that have rows. */
    static List<String> filled(Sql sql, Catalogue catalogue) throws SQLException {
        var filled = new ArrayList<String>();
        for (var table : catalogue.tables()) {
            if (sql.exists("select 1 from " + table.name() + " fetch first 1 rows only")) {
                filled.add(table.name());
            }
        }
        return filled;
    }
}
