package io.headrace.language.schema;

import io.headrace.language.schema.Level.Companion;
import io.headrace.language.schema.Level.Frame;
import io.headrace.language.schema.Shape.Use;
import java.util.List;
import java.util.regex.Pattern;

/** Shapes that several levels share. */
final class Names {

    private static final String WORD = "use letters, digits, '-', '_', '.', ':' and '='";

    static final Shape.Text ANY = Shape.text("text");
    static final Shape.Text TEMPLATE = Shape.template("text");
    static final Shape.Text COMMAND =
            new Shape.Text("a command", null, "", Integer.MAX_VALUE, Use.COMMAND);
    static final Shape.Text CONDITION =
            new Shape.Text("a condition", null, "", 4096, Use.CONDITION);
    static final Shape.Text TITLE_WITH_VALUES =
            new Shape.Text(
                    "a name", Pattern.compile("(?s).*\\S.*"), "write a name", 200, Use.TEMPLATE);
    static final Shape.Text LABEL = Shape.text("a name", "[A-Za-z0-9][A-Za-z0-9._=:-]{0,99}", WORD);
    static final Shape.Text JOB =
            Shape.text(
                    "the name of a job",
                    "[A-Za-z][A-Za-z0-9_-]{0,49}",
                    "use up to 50 letters, digits, '_' and '-', and a letter at the beginning");
    static final Shape.Text TITLE =
            new Shape.Text(
                    "a name", Pattern.compile("(?s).*\\S.*"), "write a name", 200, Use.FIXED);
    static final Shape.Text IMAGE = Shape.template("an image, such as maven:3");
    static final Shape.Text PATH =
            Shape.text(
                    "a path",
                    "(?!/)(?!(?:.*/)?\\.\\.(?:/|$))[^\\x00-\\x1f\\\\]+",
                    "write a path in the repository, with '/' and without '..'");
    static final Shape.Text URL =
            new Shape.Text(
                    "an address",
                    Pattern.compile("https?://\\S+"),
                    "begin with https://",
                    1000,
                    Use.TEMPLATE);
    static final Shape.Truth TRUTH = new Shape.Truth();

    /** Secrets are named, never written out. */
    static final Shape.Text SECRET =
            Shape.text(
                    "the name of a secret",
                    "[A-Za-z_][A-Za-z0-9_]{0,99}",
                    "use letters, digits and '_', and no digit at the beginning");

    static final Shape.MapOf VARIABLES =
            new Shape.MapOf(
                    "a variable",
                    Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,254}"),
                    "use letters, digits and '_', and no digit at the beginning",
                    TEMPLATE,
                    10_000);
    static final Level SECRET_VALUE =
            Level.of(
                    "secret",
                    "A secret of the project as the value of a variable or of an input.",
                    underJob("environment:\nTOKEN:"),
                    Key.of("secret", SECRET, "Its name.", "secret: DEPLOY_TOKEN").needed());

    /** Variables whose values may be secrets. */
    static final Shape.MapOf ENVIRONMENT = withSecrets(VARIABLES);

    static final Shape.MapOf FREE =
            new Shape.MapOf(
                    "a setting",
                    Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}"),
                    "use letters, digits, '-', '_' and '.'",
                    TEMPLATE,
                    100);

    private static final Companion NAME = new Companion(List.of("name"), "name: example");
    private static final Companion JOBS =
            new Companion(List.of("jobs"), "jobs:\n  build:\n    steps: [{name: make, run: make}]");

    static final Frame PIPELINE = new Frame("", 0, List.of(NAME, JOBS));
    static final Frame IN_JOB =
            new Frame(
                    "name: example\nstages: [test]\njobs:\n  build:\n",
                    4,
                    List.of(new Companion(List.of("steps"), "steps: [{name: make, run: make}]")));
    static final Frame IN_STEP =
            new Frame(
                    "name: example\njobs:\n  build:\n    steps:\n      - x-step: 1\n",
                    8,
                    List.of(
                            new Companion(List.of("name"), "name: make"),
                            new Companion(List.of("script", "uses", "with"), "run: make")));

    /** What an action is given. */
    static final Shape.MapOf INPUTS = withSecrets(FREE);

    private Names() {}

    private static Shape.MapOf withSecrets(Shape.MapOf texts) {
        return new Shape.MapOf(
                texts.words(),
                texts.name(),
                texts.rule(),
                Shape.either(texts.value(), Shape.table(SECRET_VALUE)),
                texts.max());
    }

    /** Returns where the keys of a map under a key of the pipeline stand. */
    static Frame under(String path, Companion... companions) {
        return under(
                "name: example\njobs:\n  build:\n    steps: [{name: make, run: make}]\n",
                path,
                0,
                companions);
    }

    /** Returns where the keys of a map under a key of a job stand. */
    static Frame underJob(String path, Companion... companions) {
        return under(
                "name: example\njobs:\n  build:\n    steps: [{name: make, run: make}]\n",
                path,
                4,
                companions);
    }

    /** {@code path} has one line for each level; a line that begins with a dash is an item. */
    private static Frame under(String before, String path, int indent, Companion... companions) {
        var text = new StringBuilder(before);
        int depth = indent;
        for (var line : path.lines().toList()) {
            text.append(" ".repeat(depth)).append(line).append('\n');
            // What has a value of its own stands beside what follows it.
            depth += line.endsWith(":") || line.startsWith("- ") ? 2 : 0;
        }
        return new Frame(text.toString(), depth, List.of(companions));
    }

    /** Returns the pattern of a text that has one. */
    static Pattern pattern(Shape.Text text) {
        var pattern = text.pattern();
        if (pattern == null) {
            throw new IllegalArgumentException(text.words() + " has no pattern");
        }
        return pattern;
    }

    static Companion with(String key, String line) {
        return new Companion(List.of(key), line);
    }
}
