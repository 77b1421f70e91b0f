package io.headrace.language.format;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** Reads the pieces of a text that the pipeline's own reader has found right. */
final class PieceReader {

    private final Parser parser;

    private PieceReader(String text) {
        var options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        this.parser = new ParserImpl(new StreamReader(text), options);
    }

    /**
     * A document.
     *
     * @param start line of its {@code ---}, or -1 if it has none
     */
    record Document(int start, Piece root) {}

    static List<Document> read(String text) throws FormatException {
        return new PieceReader(text).documents();
    }

    private List<Document> documents() throws FormatException {
        var documents = new ArrayList<Document>();
        parser.getEvent();
        while (parser.checkEvent(Event.ID.DocumentStart)) {
            var start = (DocumentStartEvent) parser.getEvent();
            if (start.getVersion() != null
                    || (start.getTags() != null && !start.getTags().isEmpty())) {
                throw new FormatException(
                        "lines that begin with '%' can't be formatted; remove them");
            }
            int line = start.getExplicit() ? start.getStartMark().getLine() : -1;
            documents.add(new Document(line, piece()));
            parser.getEvent();
        }
        return documents;
    }

    private Piece piece() throws FormatException {
        var event = parser.getEvent();
        return switch (event) {
            case AliasEvent alias ->
                    new Piece.Scalar(
                            alias.getAnchor(),
                            '*',
                            false,
                            at(alias.getStartMark()),
                            at(alias.getEndMark()));
            case ScalarEvent scalar -> scalar(scalar);
            case SequenceStartEvent list -> {
                var items = new ArrayList<Piece>();
                while (!parser.checkEvent(Event.ID.SequenceEnd)) {
                    items.add(piece());
                }
                var end = at(parser.getEvent().getEndMark());
                yield new Piece.Items(
                        items,
                        list.getAnchor(),
                        list.getFlowStyle() == FlowStyle.FLOW,
                        at(list.getStartMark()),
                        end);
            }
            case MappingStartEvent map -> map(map);
            default -> throw new FormatException("this YAML can't be formatted");
        };
    }

    private Piece map(MappingStartEvent map) throws FormatException {
        var entries = new ArrayList<Piece.Entry>();
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            if (!(piece() instanceof Piece.Scalar key)) {
                throw new FormatException("a key that is no text can't be formatted");
            }
            entries.add(new Piece.Entry(key, piece()));
        }
        var end = at(parser.getEvent().getEndMark());
        return new Piece.Table(
                entries,
                map.getAnchor(),
                map.getFlowStyle() == FlowStyle.FLOW,
                at(map.getStartMark()),
                end);
    }

    private static Piece.Scalar scalar(ScalarEvent event) {
        char style =
                switch (event.getScalarStyle()) {
                    case ScalarStyle.SINGLE_QUOTED -> '\'';
                    case ScalarStyle.DOUBLE_QUOTED -> '"';
                    case ScalarStyle.LITERAL -> '|';
                    case ScalarStyle.FOLDED -> '>';
                    default -> ' ';
                };
        boolean bare = event.getAnchor() == null && event.getTag() == null;
        return new Piece.Scalar(
                event.getValue(),
                style,
                bare && style != '|' && style != '>',
                at(event.getStartMark()),
                at(event.getEndMark()));
    }

    private static Piece.At at(Mark mark) {
        return new Piece.At(mark.getLine(), mark.getColumn());
    }
}
