package io.headrace.store;

import io.headrace.engine.StoreException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.flywaydb.core.api.resource.LoadableResource;

/** A migration, read by its name: looking through the class path is not safe in every container. */
final class Script extends LoadableResource {

    private final String path;
    private final String name;

    Script(String path) {
        this.path = path;
        this.name = path.substring(path.lastIndexOf('/') + 1);
    }

    /** Returns the version that the name begins with. */
    int version() {
        return Integer.parseInt(name.substring(1, name.indexOf("__")));
    }

    /** Returns what Flyway writes into its table: the CRC-32 of all lines without their ends. */
    int checksum() {
        var crc = new CRC32();
        text().lines().forEach(line -> crc.update(line.getBytes(StandardCharsets.UTF_8)));
        return (int) crc.getValue();
    }

    @Override
    public Reader read() {
        return new StringReader(text());
    }

    private String text() {
        try (var stream = Script.class.getResourceAsStream("schema/" + path)) {
            if (stream == null) {
                throw new StoreException("The migration " + path + " is missing from the program");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new StoreException("Cannot read the migration " + path, e);
        }
    }

    @Override
    public String getAbsolutePath() {
        return path;
    }

    @Override
    public String getAbsolutePathOnDisk() {
        return path;
    }

    @Override
    public String getFilename() {
        return name;
    }

    @Override
    public String getRelativePath() {
        return path;
    }
}
