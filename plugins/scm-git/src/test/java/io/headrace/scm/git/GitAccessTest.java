package io.headrace.scm.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.ScmException;
import io.headrace.api.ScmProvider.Credential;
import io.headrace.api.ScmProvider.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitAccessTest {

    private static final String KEY =
            "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----";

    private @TempDir Path directory;

    private List<Path> files() throws IOException {
        try (var files = Files.list(directory)) {
            return files.toList();
        }
    }

    @Test
    void aFileThatCantBeDeletedKeepsNoOther() throws Exception {
        var credential = new Credential(null, KEY, "example.org ssh-ed25519 AAAA");
        var access =
                GitAccess.open(new Source("ssh://example.org/x.git", credential), directory, null);
        Path hosts = null;
        for (var file : files()) {
            hosts = Files.readString(file).contains("example.org") ? file : hosts;
        }
        assertThat(files()).hasSize(2);
        assertThat(hosts).isNotNull();
        Files.delete(hosts);
        Files.createDirectories(hosts.resolve("in the way"));

        assertThatThrownBy(access::close)
                .isInstanceOf(ScmException.class)
                .hasMessage("The key file %s could not be deleted; delete it".formatted(hosts));

        assertThat(files()).containsExactly(hosts);
    }
}
