package io.headrace.language.yaml;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.comments.CommentLine;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads the documents of a YAML file. Its cost is bounded by that of the text: maps and lists up to
 * 50 deep, 200,000 elements, aliases that repeat up to 100,000 elements.
 */
public final class YamlReader {

    private static final int MAX_DEPTH = 50;
    private static final int MAX_SCALARS = 200_000;

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
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setCodePointLimit(Integer.MAX_VALUE);
        // Counts each use of an anchor; NodeConverter counts what the uses amount to.
        options.setMaxAliasesForCollections(Integer.MAX_VALUE);
        var parser = new ParserImpl(new StreamReader(source.text()), options);
        var composer = new CountingComposer(parser, options);
        var problems = new ArrayList<YamlProblem>();
        var roots = new ArrayList<YamlNode>();
        var converter = new NodeConverter(source, problems);
        // A composer hands out its documents only after it was asked whether there is one.
        while (composer.checkNode()) {
            var root = converter.convert(composer.getNode());
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

    /** Finds merge keys, and leaves every other scalar the text that it is. */
    private static final class MergeKeys extends Resolver {

        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.MERGE, MERGE, "<", 10);
        }
    }

    /** Ends before a text of one MiB has become hundreds of MiB of nodes. */
    private static final class CountingComposer extends Composer {

        // Documents count together.
        private int count;

        CountingComposer(Parser parser, LoaderOptions options) {
            super(parser, new MergeKeys(), options);
        }

        @Override
        protected Node composeScalarNode(String anchor, List<CommentLine> comments) {
            if (++count > MAX_SCALARS) {
                throw new YAMLException(SyntaxErrors.TOO_MANY);
            }
            return super.composeScalarNode(anchor, comments);
        }
    }
}
