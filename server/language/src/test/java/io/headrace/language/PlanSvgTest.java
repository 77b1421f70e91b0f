package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.language.explain.PlanOutline;
import io.headrace.language.explain.PlanSvg;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a text gets into a drawing, which is XML; ApprovedTest holds what drawings look like. */
class PlanSvgTest {

    private static String drawing(String name) {
        return PlanSvg.draw(
                PlanOutline.of(
                        Pipelines.plan(
                                """
                                name: "%s"
                                jobs: {build: {steps: [{name: make, run: make}]}}
                                """
                                        .formatted(name)),
                        true));
    }

    @ParameterizedTest(name = "{0} is drawn as {1}")
    @CsvSource(
            textBlock =
                    """
                    a\\u001Fb, ab
                    a\\u0020b, a b
                    a\\tb,     ab
                    a\\uD7FFb, a\uD7FFb
                    a\\uE000b, a\uE000b
                    a\\uFFFDb, a\uFFFDb
                    a\\uFFFEb, ab
                    a\\uFFFFb, ab
                    a\\U00010000b, a\uD800\uDC00b
                    """)
    void whatXmlHasNoPlaceForIsLeftOut(String written, String drawn) {
        assertThat(drawing(written)).contains(">" + drawn + "</text>");
    }

    @Test
    void whatIsMarkupStaysText() {
        assertThat(drawing("<b> & 'it' \\\"x\\\""))
                .contains(">&lt;b&gt; &amp; 'it' &quot;x&quot;</text>")
                .contains("aria-label=\"The plan of &lt;b&gt; &amp; 'it' &quot;x&quot;\"");
    }

    @Test
    void aLongNameIsCutBetweenCharacters() {
        assertThat(drawing("x".repeat(60))).contains(">" + "x".repeat(60) + "</text>");
        assertThat(drawing("x".repeat(61))).contains(">" + "x".repeat(59) + "…</text>");
        assertThat(drawing("\uD83D\uDE00".repeat(61)))
                .contains(">" + "\uD83D\uDE00".repeat(59) + "…</text>");
    }
}
