package io.headrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.headrace.language.Includes;
import io.headrace.language.PipelineParser;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents tell people to type, to write and to follow. */
class DocumentationTest {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

    /** In a block or between backticks; up to a comment, a pipe, a file or the end. */
    private static final Pattern COMMAND =
            Pattern.compile("(?m)(?<![\\w/.-])(\\./)?headrace ([a-z][^`#|<\\n]*)");

    /** What examples include is there, and says nothing. */
    private static final Includes SOME_FILES =
            (_, path) -> Includes.Included.of(path.endsWith(".yml") ? "x-nothing: here\n" : "");

    private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|'[^']*'|\\S+");
    private static final Pattern SCRIPT_COMMAND = Pattern.compile("(?m)^  ([a-z-]+)\\) shift;");

    /** A line of a document that tells people to run {@code headrace}. */
    record Typed(Path file, boolean script, String arguments) {

        @Override
        public String toString() {
            return ROOT.relativize(file) + ": headrace " + arguments;
        }
    }

    static Stream<Path> documents() throws IOException {
        try (var below = Files.walk(ROOT.resolve("docs"))) {
            var all = new ArrayList<>(below.filter(Files::isRegularFile).toList());
            try (var top = Files.list(ROOT)) {
                all.addAll(top.filter(Files::isRegularFile).toList());
            }
            return all.stream().filter(file -> file.toString().endsWith(".md")).sorted();
        }
    }

    static Stream<Typed> commands() throws IOException {
        var typed = new ArrayList<Typed>();
        for (var file : documents().toList()) {
            var text = Files.readString(file);
            for (var example : examples(text)) {
                var command = COMMAND.matcher(example);
                while (command.find()) {
                    typed.add(new Typed(file, command.group(1) != null, command.group(2).strip()));
                }
            }
        }
        return typed.stream();
    }

    /** Blocks for a shell, and what stands between backticks. */
    private static List<String> examples(String text) {
        var found = new ArrayList<String>();
        var block = BLOCK.matcher(text);
        while (block.find()) {
            if (Set.of("sh", "").contains(block.group(1))) {
                found.add(block.group(2));
            }
        }
        Pattern.compile("`([^`\\n]+)`")
                .matcher(BLOCK.matcher(text).replaceAll(""))
                .results()
                .forEach(result -> found.add(result.group(1)));
        return found;
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsSomewhere(Path file) throws IOException {
        var link = LINK.matcher(BLOCK.matcher(Files.readString(file)).replaceAll(""));
        while (link.find()) {
            var target = link.group(1);
            if (target.matches("[a-z]+:.*")) {
                continue;
            }
            var parts = target.split("#", 2);
            var linked = parts[0].isEmpty() ? file : file.resolveSibling(parts[0]).normalize();
            assertThat(linked).as("%s in %s", target, file).exists();
            if (parts.length == 2) {
                assertThat(anchors(linked)).as("%s in %s", target, file).contains(parts[1]);
            }
        }
    }

    /** Returns what headings can be linked by, as the usual renderers make it. */
    private static Set<String> anchors(Path file) throws IOException {
        return HEADING.matcher(BLOCK.matcher(Files.readString(file)).replaceAll(""))
                .results()
                .map(heading ->
                        heading.group(1)
                                .strip()
                                .toLowerCase(Locale.ROOT)
                                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                                .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandCanBeTyped(Typed typed) throws IOException {
        var words = words(typed.arguments());
        if (typed.script() && scriptCommands().contains(words.getFirst())) {
            return;
        }
        assertThat(words.getFirst())
                .as("'%s' is a command of ./headrace alone; write ./headrace", typed)
                .isNotIn(typed.script() ? Set.of() : scriptCommands());
        var line =
                Cli.commandLine(
                        Map.of(),
                        new PrintStream(
                                OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        if (words.size() == 1) {
            // Named, not typed.
            assertThat(line.getSubcommands()).containsKey(words.getFirst());
            return;
        }
        assertThatCode(() -> line.parseArgs(words.toArray(String[]::new)))
                .as(typed.toString())
                .doesNotThrowAnyException();
    }

    @Test
    void theCommandsOfTheScriptAreInItsHelp() throws IOException {
        var script = Files.readString(ROOT.resolve("headrace"));
        var help = script.substring(script.indexOf("usage() {"), script.indexOf("\nTXT"));

        assertThat(scriptCommands())
                .contains("demo", "server", "test")
                .allSatisfy(command -> assertThat(help).contains("\n  " + command + " "));
    }

    private static Set<String> scriptCommands() throws IOException {
        return SCRIPT_COMMAND
                .matcher(Files.readString(ROOT.resolve("headrace")))
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toSet());
    }

    private static List<String> words(String arguments) {
        return WORD.matcher(arguments).results().map(word -> word.group()).toList();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyPipelineIsValid(Path file) throws IOException {
        if (file.endsWith("docs/problems.md")) {
            // Every other example there is wrong; a test of the language's own reads them.
            return;
        }
        var block = BLOCK.matcher(Files.readString(file));
        while (block.find()) {
            if (block.group(1).equals("yaml")) {
                var parsed =
                        new PipelineParser().parse(file.toString(), block.group(2), SOME_FILES);

                assertThat(ProblemReport.anyError(parsed.problems()))
                        .as("%s: %s", block.group(2), parsed.problems())
                        .isFalse();
            }
        }
    }

    @Test
    void everyDecisionIsListed() throws IOException {
        var list = Files.readString(ROOT.resolve("docs/decisions/README.md"));

        try (var decisions = Files.list(ROOT.resolve("docs/decisions"))) {
            assertThat(decisions.map(file -> file.getFileName().toString()))
                    .filteredOn(name -> name.matches("\\d.*"))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(list).containsOnlyOnce("](" + name + ")"));
        }
    }

    @Test
    void theExamplesThatCanBeRunAreValid() throws IOException {
        try (var below = Files.walk(ROOT.resolve("docs/examples"))) {
            for (var file : below.filter(path -> path.endsWith(".headrace.yml")).toList()) {
                assertThat(new PipelineParser().parse("x", Files.readString(file)).problems())
                        .as(file.toString())
                        .isEmpty();
            }
        }
    }
}
