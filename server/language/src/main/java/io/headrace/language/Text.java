package io.headrace.language;

import io.headrace.language.expression.Template;
import io.headrace.language.yaml.Mark;
import io.headrace.language.yaml.YamlNode;

/**
 * A piece of text of a pipeline file that may have expressions in it.
 *
 * @param template its text, parsed
 * @param scalar the text as written, and where it stands
 */
public record Text(Template template, YamlNode.Scalar scalar) {

    /** Makes a text of a scalar that has no expressions in it, whatever it looks like. */
    static Text of(YamlNode.Scalar scalar) {
        return new Text(Template.fixed(scalar.text()), scalar);
    }

    /** Makes a text that stands in no file. */
    static Text of(String text, Mark mark) {
        return of(new YamlNode.Scalar(text, YamlNode.Style.DOUBLE_QUOTED, mark));
    }

    /** Returns the text without quotes; expressions stand in it as written. */
    public String value() {
        return scalar.text();
    }

    /** Returns where it stands. */
    public Mark mark() {
        return scalar.mark();
    }
}
