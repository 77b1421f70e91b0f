package io.headrace.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PluginFilesTest {

    private @TempDir Path directory;

    @Test
    void aFolderThatIsMissingIsDeletedAlready() {
        assertThatCode(() -> PluginFiles.deleteTree(directory.resolve("nothing")))
                .doesNotThrowAnyException();
    }

    @Test
    void twoWhoDeleteTheSameFolderDoNotDisturbEachOther() throws Exception {
        for (var round = 0; round < 20; round++) {
            var folder = filled(directory.resolve("plugin-" + round));
            var barrier = new CyclicBarrier(2);
            var other =
                    new FutureTask<Void>(() -> {
                        barrier.await();
                        PluginFiles.deleteTree(folder);
                        return null;
                    });
            Thread.ofPlatform().start(other);
            barrier.await();
            PluginFiles.deleteTree(folder);
            other.get();

            assertThat(folder).doesNotExist();
        }
    }

    private static Path filled(Path folder) throws IOException {
        for (var sub = 0; sub < 10; sub++) {
            var inner = Files.createDirectories(folder.resolve("sub-" + sub));
            for (var file = 0; file < 10; file++) {
                Files.createFile(inner.resolve("file-" + file));
            }
        }
        return folder;
    }
}
