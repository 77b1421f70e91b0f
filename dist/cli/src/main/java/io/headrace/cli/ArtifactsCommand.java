package io.headrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists and downloads what a run left behind. */
@Command(
        name = "artifacts",
        description = "Lists what a run left behind, or downloads it.",
        mixinStandardHelpOptions = true)
final class ArtifactsCommand extends ServerCommand {

    @Parameters(paramLabel = "RUN", description = "Id, or PROJECT#NUMBER.")
    private String run = "";

    @Option(names = "--download", paramLabel = "DIRECTORY", description = "Put the files there.")
    private @Nullable Path directory;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        var server = server();
        var page = server.get("/runs/" + RunReference.id(server, run) + "/artifacts");
        if (directory != null) {
            for (JsonNode artifact : page.path("items")) {
                if (artifact.path("expired").asBoolean()) {
                    terminal().line(text(artifact, "path") + " has expired; passed over");
                } else {
                    download(server, artifact, directory.toAbsolutePath().normalize());
                }
            }
            return ExitCode.SUCCEEDED;
        }
        if (json) {
            json(page);
            return ExitCode.SUCCEEDED;
        }
        var rows = new ArrayList<List<String>>();
        for (JsonNode artifact : page.path("items")) {
            rows.add(
                    List.of(
                            text(artifact, "name"),
                            text(artifact, "job"),
                            text(artifact, "path"),
                            text(artifact, "size")));
        }
        if (rows.isEmpty()) {
            terminal().line("There are no artifacts.");
        } else {
            terminal().table(List.of("NAME", "JOB", "PATH", "BYTES"), rows);
        }
        return ExitCode.SUCCEEDED;
    }

    private void download(Server server, JsonNode artifact, Path into) throws IOException {
        var target =
                into.resolve(artifact.path("job").asText())
                        .resolve(artifact.path("path").asText())
                        .normalize();
        if (!target.startsWith(into)) {
            throw new CliException(
                    ExitCode.INVALID,
                    "The artifact's path leaves the directory: " + text(artifact, "path"));
        }
        Files.createDirectories(target.getParent());
        // What breaks off must not look like the whole.
        var part = target.resolveSibling(target.getFileName() + ".part");
        try (var body =
                server.download("/artifacts/" + artifact.path("id").asText() + "/content", "*/*")) {
            Files.copy(body, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
        if (artifact.path("executable").asBoolean() && !target.toFile().setExecutable(true)) {
            throw new CliException(ExitCode.INVALID, target + " can't be made executable");
        }
        terminal().line(target.toString());
    }
}
