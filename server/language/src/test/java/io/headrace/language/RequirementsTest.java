package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds docs/requirements/language.md to the tests that it names. */
class RequirementsTest {

    private static final Path ROOT = Path.of("../..");
    private static final Path PAGE = ROOT.resolve("docs/requirements/language.md");
    private static final Set<String> STATES = Set.of("done", "in part", "checked only", "left out");
    private static final Set<String> FOLDERS_WITHOUT_TESTS =
            Set.of("target", "node_modules", ".git", "frontend", "docs");

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| ((?:LANG|VAR|PLAN)-\\d+) \\|(.*)\\|$");
    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");

    /** A line of a table. */
    private record Item(
            String id, String asks, String state, List<String> shownBy, String missing) {}

    private static List<Item> items = List.of();

    @BeforeAll
    static void read() throws IOException {
        items =
                ROW.matcher(Files.readString(PAGE))
                        .results()
                        .map(row -> item(row.group(1), row.group(2).split("\\|", -1)))
                        .toList();
    }

    private static Item item(String id, String[] cells) {
        assertThat(cells)
                .as(
                        "%s: a line has five cells: item, what it asks for, state, tests, and what is"
                                + " missing",
                        id)
                .hasSize(4);
        return new Item(
                id,
                cells[0].strip(),
                cells[1].strip(),
                TEST.matcher(cells[2])
                        .results()
                        .map(test -> test.group(1) + "." + test.group(2))
                        .toList(),
                cells[3].strip());
    }

    @Test
    void everyItemStandsOnceAndInItsOrder() {
        var wanted =
                Stream.of(ids("LANG", 85), ids("VAR", 32), ids("PLAN", 38))
                        .flatMap(each -> each)
                        .toList();

        assertThat(items)
                .extracting(Item::id)
                .as(
                        "docs/requirements/language.md has a line for each item, in the order of the ids")
                .containsExactlyElementsOf(wanted);
    }

    private static Stream<String> ids(String chapter, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "%s-%03d".formatted(chapter, i));
    }

    @Test
    void whatIsNotDoneSaysWhyAndWhatIsDoneSaysWhatShowsIt() {
        assertThat(items)
                .allSatisfy(item -> {
                    assertThat(item.asks()).as("%s: say what it asks for", item.id()).isNotEmpty();
                    assertThat(item.state())
                            .as("%s: the state is one of %s", item.id(), STATES)
                            .isIn(STATES);
                    if (item.state().equals("done")) {
                        assertThat(item.missing())
                                .as("%s is done: leave the last cell empty", item.id())
                                .isEmpty();
                    } else {
                        assertThat(item.missing())
                                .as(
                                        "%s is %s: say in the last cell what is missing, and why",
                                        item.id(), item.state())
                                .isNotEmpty();
                    }
                    if (!item.state().equals("left out")) {
                        assertThat(item.shownBy())
                                .as("%s: name one to three tests, as `Class.method`", item.id())
                                .hasSizeBetween(1, 3);
                    }
                });
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        var sources = testSources();
        var missing = new ArrayList<String>();
        for (var item : items) {
            for (var test : item.shownBy()) {
                var name = test.substring(0, test.indexOf('.'));
                var method =
                        Pattern.compile(
                                "\\bvoid %s\\(".formatted(test.substring(name.length() + 1)));
                boolean found = false;
                for (var source : sources.getOrDefault(name, List.of())) {
                    found |= method.matcher(Files.readString(source)).find();
                }
                if (!found) {
                    missing.add(item.id() + ": " + test);
                }
            }
        }

        assertThat(missing)
                .as(
                        "docs/requirements/language.md names tests that are not there; where one got"
                                + " another name, write that name; where it is gone, name another that"
                                + " shows the behaviour, or change the state and say why")
                .isEmpty();
    }

    /** Returns the files of test classes by the classes' names; several modules may share one. */
    private static Map<String, List<Path>> testSources() throws IOException {
        var sources = new HashMap<String, List<Path>>();
        Files.walkFileTree(
                ROOT,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path folder, BasicFileAttributes attributes) {
                        return FOLDERS_WITHOUT_TESTS.contains(folder.getFileName().toString())
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        var path = file.toString().replace('\\', '/');
                        if (path.contains("/src/test/java/") && path.endsWith(".java")) {
                            var name = file.getFileName().toString().replace(".java", "");
                            sources.computeIfAbsent(name, _ -> new ArrayList<>()).add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) {
                        // Others build at the same time: what is gone is no test.
                        return FileVisitResult.CONTINUE;
                    }
                });
        return sources;
    }
}
