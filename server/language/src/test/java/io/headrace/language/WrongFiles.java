package io.headrace.language;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files with one fault each. A resource holds them as {@code ## LEVEL: fault}, then the lines that
 * are wrong; the rest of the file is put around them here.
 */
final class WrongFiles {

    /**
     * A file.
     *
     * @param name what is wrong with it
     */
    record Fault(String name, String text) {

        @Override
        public String toString() {
            return name;
        }
    }

    private WrongFiles() {}

    /** Returns files that are wrong in ways that both the parser and a schema see. */
    static Stream<Fault> all() {
        return read("wrong-by-schema.txt");
    }

    /** Returns files in whose faults a schema has no part; their names say why. */
    static Stream<Fault> onlyForTheParser() {
        return read("wrong-by-meaning.txt");
    }

    private static Stream<Fault> read(String resource) {
        try {
            var faults = new ArrayList<Fault>();
            var sections =
                    Files.readString(Path.of("src/test/resources/schema", resource))
                            .split("(?m)^## ");
            for (var section : List.of(sections).subList(1, sections.length)) {
                int end = section.indexOf('\n');
                var title = section.substring(0, end).split(": ", 2);
                faults.add(new Fault(title[1], file(title[0], section.substring(end + 1).strip())));
            }
            return faults.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String file(String level, String lines) {
        return switch (level) {
            case "file" -> lines + "\n";
            case "pipeline" ->
                    "name: shop\n%s\njobs:\n  build:\n    steps: [{name: make, run: make}]\n"
                            .formatted(lines);
            case "job" ->
                    "name: shop\nstages: [test]\njobs:\n  build:\n%s%s"
                            .formatted(
                                    lines.contains("steps:")
                                            ? ""
                                            : "    steps: [{name: make, run: make}]\n",
                                    lines.indent(4));
            case "step" ->
                    "name: shop\njobs:\n  build:\n    steps:\n      - x-step: 1\n%s%s"
                            .formatted(
                                    lines.contains("name:") ? "" : "        name: make\n",
                                    lines.indent(8));
            default -> throw new IllegalArgumentException(level);
        };
    }
}
