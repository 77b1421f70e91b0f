package io.headrace.engine.backup;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The table of contents of an archive, which is a ZIP file whose last entry, {@code manifest.json},
 * is this. Every other entry is one of its {@link #parts}.
 *
 * @param format {@link #FORMAT}
 * @param version of the format, {@link #VERSION} for what this program writes
 * @param createdAt when the archive was begun
 * @param database what the parts below {@code database/} are; null if there are none
 * @param parts in the order in which they are to be read
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Manifest(
        String format,
        int version,
        Instant createdAt,
        @Nullable Database database,
        List<Part> parts) {

    /** What a manifest of ours calls itself. */
    public static final String FORMAT = "headrace-archive";

    /** The newest version that this program can read, and the one that it writes. */
    public static final int VERSION = 1;

    /** The entry of a ZIP file that holds the manifest. */
    static final String NAME = "manifest.json";

    public Manifest {
        parts = List.copyOf(parts);
    }

    /**
     * A copy of a database: one part for each table, {@code database/TABLE.jsonl}. The first line
     * of a part names the columns; each further line is a JSON array, one row.
     *
     * @param schema the number of the migration up to which its tables are
     * @param installation the id of the installation that it is of
     * @param vendor where the rows come from, {@code derby} or {@code postgresql}
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Database(int schema, String installation, String vendor) {}

    /**
     * A part of an archive.
     *
     * @param name the entry of the ZIP file
     * @param items how many rows or files are in it
     * @param bytes of the part as it is read, which is not compressed
     * @param sha256 of these bytes, in hexadecimal digits
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Part(String name, long items, long bytes, String sha256) {}

    /** Returns the part of that name. */
    public Optional<Part> part(String name) {
        return parts.stream().filter(part -> part.name().equals(name)).findFirst();
    }
}
