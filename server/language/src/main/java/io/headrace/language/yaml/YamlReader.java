package io.headrace.language.yaml;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads the documents of a YAML file. Its cost is bounded by that of the text: maps and lists up to
 * 50 deep, 200,000 elements, aliases that repeat up to 100,000 elements.
 */
public final class YamlReader {

    /**
     * What came of a text.
     *
     * @param roots of the documents, without empty ones; none if there is a problem that leaves
     *     nothing to look at
     * @param problems in the order of their discovery
     */
    public record Result(List<YamlNode> roots, List<YamlProblem> problems) {}

    private YamlReader() {}

    /** Reads {@code source}; never throws for what it holds. */
    public static Result read(SourceText source) {
        try {
            return compose(source);
        } catch (YAMLException e) {
            return failed(SyntaxErrors.explain(e, source));
        }
    }

    private static Result compose(SourceText source) {
        var options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        var parser = new ParserImpl(new StreamReader(source.text()), options);
        var problems = new ArrayList<YamlProblem>();
        var roots = new ArrayList<YamlNode>();
        var reader = new NodeReader(parser, source, problems);
        while (reader.hasNext()) {
            var root = reader.next();
            if (root == null) {
                return new Result(List.of(), problems);
            }
            if (!(root instanceof YamlNode.Scalar scalar && scalar.isNull())) {
                roots.add(root);
            }
        }
        return new Result(List.copyOf(roots), problems);
    }

    private static Result failed(YamlProblem problem) {
        return new Result(List.of(), List.of(problem));
    }
}
