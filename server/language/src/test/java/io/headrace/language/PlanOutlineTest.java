package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headrace.language.Plan.Condition.Verdict;
import io.headrace.language.explain.Group;
import io.headrace.language.explain.PlanOutline;
import io.headrace.language.explain.PlanSvg;
import java.io.StringReader;
import java.time.Duration;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PlanOutlineTest {

    private static final String SHOP =
            """
            name: shop <&">
            jobs:
              build: {steps: [{name: make, run: make}]}
              test:
                needs: build
                matrix: {java: [21, 25]}
                if: matrix.java == 25 || branch == "main"
                steps: [{name: test, run: make test}]
              lint: {needs: build, steps: [{name: lint, run: make lint}]}
              package: {needs: [build, test, lint], steps: [{name: pack, run: make pack}]}
              docs: {if: branch == "main", steps: [{name: docs, run: make docs}]}
            """;

    @Test
    void variantsOfAMatrixAreOneGroup() {
        var outline = outline("dev", Map.of());

        var test = group(outline, "test");
        assertThat(test.ids()).containsExactly("test-21", "test-25");
        assertThat(test.axes().get("java")).containsExactly("21", "25");
        assertThat(test.verdicts())
                .containsOnly(Map.entry(Verdict.RUNS, 1), Map.entry(Verdict.SKIPPED, 1));
        assertThat(test.verdict()).isNull();
        assertThat(group(outline, "docs").verdict()).isEqualTo(Verdict.SKIPPED);
    }

    @Test
    void groupsNeedOnlyWhatNothingElseImplies() {
        assertThat(group(outline("main", Map.of()), "package").needs())
                .containsExactlyInAnyOrder("test", "lint");
    }

    @Test
    void withoutPastDurationsEveryJobCountsTheSame() {
        var outline = outline("main", Map.of());

        assertThat(outline.measured()).isFalse();
        assertThat(outline.criticalPath()).hasSize(3).startsWith("build").endsWith("package");
        assertThat(outline.speedUp()).isEqualTo(2.0, within(0.001));
    }

    @Test
    void theCriticalPathIsWhatTakesLongest() {
        var past =
                Map.of(
                        "build", Duration.ofSeconds(10),
                        "test", Duration.ofSeconds(20),
                        "lint", Duration.ofSeconds(60),
                        "package", Duration.ofSeconds(10),
                        "docs", Duration.ofSeconds(5));

        var outline = outline("main", past);

        assertThat(outline.criticalPath()).containsExactly("build", "lint", "package");
        assertThat(outline.speedUp()).isEqualTo(125 / 80.0, within(0.001));
        assertThat(group(outline, "lint").critical()).isTrue();
        assertThat(group(outline, "test").critical()).isFalse();
    }

    @Test
    void skippedJobsTakeNoTime() {
        assertThat(outline("dev", Map.of()).criticalPath())
                .containsExactly("build", "test-25", "package");
    }

    @Test
    void theDrawingIsXmlThatAsksForNothingElse() throws Exception {
        var svg = PlanSvg.draw(outline("dev", Map.of()));

        var document = xml(svg);
        assertThat(document.getDocumentElement().getNodeName()).isEqualTo("svg");
        assertThat(document.getDocumentElement().getAttribute("aria-label"))
                .isEqualTo("The plan of shop <&\">");
        assertThat(document.getElementsByTagName("g").getLength()).isEqualTo(5);
        assertThat(document.getElementsByTagName("path").getLength()).isEqualTo(4);
        assertThat(svg)
                .contains("prefers-color-scheme:dark", "test ×2", "java 21, 25")
                .doesNotContain("<script", "href", "url(", "@import");
    }

    private static Document xml(String text) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }

    private static PlanOutline outline(String branch, Map<String, Duration> past) {
        return PlanOutline.of(Pipelines.plan(SHOP, Events.push(branch)), true, past);
    }

    private static Group group(PlanOutline outline, String name) {
        return outline.groups().stream()
                .filter(group -> group.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
