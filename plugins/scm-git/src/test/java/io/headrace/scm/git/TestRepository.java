package io.headrace.scm.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.ScmProviderContract.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A repository with a working tree, made by git itself. */
final class TestRepository implements Repository {

    private final Path directory;

    TestRepository(Path directory, String... initOptions) throws Exception {
        this.directory = Files.createDirectories(directory);
        var init = new ArrayList<>(List.of("init", "-q", "-b", "main"));
        init.addAll(List.of(initOptions));
        git(init.toArray(String[]::new));
    }

    Path directory() {
        return directory;
    }

    @Override
    public String url() {
        return directory.toString();
    }

    @Override
    public String commit(String branch, Map<String, String> files, String message)
            throws Exception {
        if (!git("symbolic-ref", "HEAD").strip().equals("refs/heads/" + branch)) {
            git("symbolic-ref", "HEAD", "refs/heads/" + branch);
        }
        git("read-tree", "--empty");
        git("clean", "-q", "-f", "-d", "-x");
        for (var file : files.entrySet()) {
            var path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        git("add", "-A", ".");
        git("commit", "-q", "--allow-empty", "--cleanup=verbatim", "-m", message);
        var commit = git("rev-parse", "HEAD").strip();
        git("symbolic-ref", "HEAD", "refs/heads/main");
        return commit;
    }

    @Override
    public void tag(String name, String commit) throws Exception {
        git("tag", "-a", "-m", "a tag", name, commit);
    }

    String git(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        var builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        for (var who : List.of("AUTHOR", "COMMITTER")) {
            builder.environment().put("GIT_" + who + "_NAME", "Ada");
            builder.environment().put("GIT_" + who + "_EMAIL", "ada@example.org");
        }
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(command + ": " + output).isZero();
        return output;
    }
}
