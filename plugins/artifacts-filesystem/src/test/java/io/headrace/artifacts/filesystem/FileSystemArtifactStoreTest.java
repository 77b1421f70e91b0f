package io.headrace.artifacts.filesystem;

import io.headrace.api.ArtifactStore;
import io.headrace.api.ArtifactStoreContract;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileSystemArtifactStoreTest extends ArtifactStoreContract {

    private @TempDir Path data;

    @Override
    protected ArtifactStore store() {
        return Configured.store(data);
    }

    @Override
    protected boolean corrupt(String sha256) throws Exception {
        var file =
                data.resolve(sha256.substring(0, 2))
                        .resolve(sha256.substring(2, 4))
                        .resolve(sha256);
        var bytes = Files.readAllBytes(file);
        bytes[0] ^= 1;
        Files.write(file, bytes);
        return true;
    }
}
