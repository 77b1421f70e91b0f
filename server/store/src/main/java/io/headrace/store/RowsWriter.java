package io.headrace.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.headrace.engine.backup.ArchiveWriter;
import io.headrace.engine.backup.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Writes tables into an archive, in constant memory: a line of JSON for each row. */
final class RowsWriter {

    /** How many rows PostgreSQL hands over at a time. */
    private static final int FETCH = 1000;

    private static final int STEP = 10_000;

    private final Connection connection;
    private final ArchiveWriter archive;
    private final Progress progress;

    /**
     * @param connection in a transaction that sees all tables as of one moment
     */
    RowsWriter(Connection connection, ArchiveWriter archive, Progress progress) {
        this.connection = connection;
        this.archive = archive;
        this.progress = progress;
    }

    static String part(Catalogue.Table table) {
        return "database/" + table.name() + ".jsonl";
    }

    void write(Catalogue catalogue) throws SQLException, IOException {
        for (var table : catalogue.tables()) {
            archive.part(part(table), out -> write(table, out));
        }
    }

    private long write(Catalogue.Table table, OutputStream out) throws SQLException, IOException {
        var part = part(table);
        progress.at(part, 0);
        var factory = JsonFactory.builder().build();
        try (var json = factory.createGenerator(out);
                var statement = connection.prepareStatement(table.select())) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
            json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
            writeHead(table, json);
            statement.setFetchSize(FETCH);
            var rows = 0L;
            try (var result = statement.executeQuery()) {
                while (result.next()) {
                    write(table, result, json);
                    if (++rows % STEP == 0) {
                        progress.at(part, rows);
                    }
                }
            }
            json.writeRaw('\n');
            progress.at(part, rows);
            return rows;
        }
    }

    private static void writeHead(Catalogue.Table table, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("table", table.name());
        json.writeArrayFieldStart("columns");
        for (var name : table.names()) {
            json.writeString(name);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(Catalogue.Table table, ResultSet row, JsonGenerator json)
            throws SQLException, IOException {
        json.writeStartArray();
        var place = 0;
        for (var column : table.columns()) {
            place++;
            switch (column.kind()) {
                case INTEGER -> {
                    var number = row.getLong(place);
                    if (row.wasNull()) {
                        json.writeNull();
                    } else {
                        json.writeNumber(number);
                    }
                }
                // Writes null for null.
                case TEXT -> json.writeString(row.getString(place));
            }
        }
        json.writeEndArray();
    }
}
