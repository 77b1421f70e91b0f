package io.headrace.cli;

import io.headrace.language.Includes;
import io.headrace.language.Limits;
import io.headrace.language.PipelineParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A pipeline file that a command was given.
 *
 * @param name as it was given; {@code -} is the standard input
 */
record PipelineFile(String name, String text, Includes includes) {

    static final String STANDARD_INPUT = "-";

    /** Where servers look, in their order. */
    static final List<String> USUAL =
            List.of(".headrace.yml", ".ci.yml", ".ci/pipeline.yml", ".ci/pipeline.yaml");

    /** The parser refuses what is larger than half of it, and says so better. */
    private static final int LARGEST = 2 << 20;

    /** Reads the file of that name. */
    static PipelineFile read(String name) throws IOException {
        if (name.equals(STANDARD_INPUT)) {
            return of(name, System.in, Path.of("-"));
        }
        var path = Path.of(name);
        if (!Files.isRegularFile(path)) {
            throw new CliException(ExitCode.INVALID, "There is no file " + name);
        }
        try (var in = Files.newInputStream(path)) {
            return of(name, in, path);
        }
    }

    private static PipelineFile of(String name, InputStream in, Path path) throws IOException {
        var bytes = in.readNBytes(LARGEST);
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return new PipelineFile(name, text.toString(), LocalFiles.around(path));
        } catch (CharacterCodingException e) {
            throw new CliException(
                    ExitCode.INVALID, "%s is not UTF-8; save it as such".formatted(name));
        }
    }

    /** Returns {@code names}, or what a server would find here if there are none. */
    static List<String> orUsual(List<String> names) {
        if (!names.isEmpty()) {
            return names;
        }
        return USUAL.stream()
                .filter(name -> Files.isRegularFile(Path.of(name)))
                .findFirst()
                .map(List::of)
                .orElseThrow(() ->
                        new CliException(
                                ExitCode.INVALID,
                                "There is no pipeline file here (looked for %s); name one"
                                        .formatted(String.join(", ", USUAL))));
    }

    /**
     * Parses it within the limits that servers have by default.
     *
     * @param strict see {@link Limits#strict}
     */
    PipelineParser.Result parse(boolean strict) {
        return new PipelineParser(Limits.DEFAULT.strict(strict)).parse(name, text, includes);
    }
}
