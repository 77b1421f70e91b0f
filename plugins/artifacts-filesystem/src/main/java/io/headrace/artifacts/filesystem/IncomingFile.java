package io.headrace.artifacts.filesystem;

import io.headrace.api.ArtifactStore.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;

/** A blob that is being written, under no name yet. Gone after {@link #close} unless moved. */
final class IncomingFile implements AutoCloseable {

    private static final int CHUNK = 256 * 1024;

    private final Path path;
    private final Room room;

    private IncomingFile(Path path, Room room) {
        this.path = path;
        this.room = room;
    }

    static IncomingFile create(Path directory, Room room) throws IOException {
        return new IncomingFile(Files.createTempFile(directory, "blob", ""), room);
    }

    Path path() {
        return path;
    }

    /** Writes all to the disk and hashes it in the same pass. */
    Blob write(InputStream from) throws IOException {
        var digest = Sha256.digest();
        var chunk = new byte[CHUNK];
        var size = 0L;
        try (var to = FileChannel.open(path, StandardOpenOption.WRITE)) {
            int length;
            while ((length = from.readNBytes(chunk, 0, CHUNK)) > 0) {
                room.take(length);
                digest.update(chunk, 0, length);
                var rest = ByteBuffer.wrap(chunk, 0, length);
                while (rest.hasRemaining()) {
                    to.write(rest);
                }
                size += length;
            }
            to.force(true);
        }
        return new Blob(HexFormat.of().formatHex(digest.digest()), size);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }
}
