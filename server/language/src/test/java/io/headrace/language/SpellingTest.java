package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.language.spelling.Spelling;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which name somebody meant (LANG-011, LANG-076). */
class SpellingTest {

    private static final List<String> NAMES =
            List.of("depends_on", "timeout", "retry_count", "if", "needs", "environment");

    @ParameterizedTest
    @CsvSource({
        "dependsOn,    depends_on",
        "DEPENDS-ON,   depends_on",
        "timeuot,      timeout",
        "timeot,       timeout",
        "timeoutt,     timeout",
        "tumeout,      timeout",
        "retrycount,   retry_count",
        "enviroment,   environment",
        "need,         needs",
        "fi,           if",
    })
    void aSlipIsMended(String typed, String meant) {
        assertThat(Spelling.nearest(typed, NAMES)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"colour", "x", "tmt", "deeds_of"})
    void whatResemblesNothingIsLeftAlone(String typed) {
        assertThat(Spelling.nearest(typed, NAMES)).isEmpty();
    }

    @Test
    void aThirdOfTheLettersMayBeWrong() {
        assertThat(Spelling.nearest("abcdxx", List.of("abcdef"))).contains("abcdef");
        assertThat(Spelling.nearest("abcxxx", List.of("abcdef"))).isEmpty();
        assertThat(Spelling.nearest("abxef", List.of("abcdef"))).isEmpty();
        assertThat(Spelling.nearest("abdef", List.of("abcdef"))).contains("abcdef");
    }

    @Test
    void theNearestOfSeveralIsMeant() {
        assertThat(Spelling.nearest("tests", List.of("rest", "test", "nest"))).contains("test");
        assertThat(Spelling.nearest("test", List.of("rest", "nest"))).contains("rest");
    }

    @Test
    void longNamesAreNotCompared() {
        assertThat(Spelling.nearest("x".repeat(60), List.of("x".repeat(59)))).isPresent();
        assertThat(Spelling.nearest("x".repeat(61), List.of("x".repeat(60)))).isEmpty();
    }

    @Test
    void whereNothingIsNearTheNamesAreListedUpToTwelve() {
        var twelve = IntStream.range(10, 22).mapToObj(i -> "n" + i).toList();
        var thirteen = IntStream.range(10, 23).mapToObj(i -> "n" + i).toList();

        assertThat(Spelling.suggestion("else", List.of("b", "a"), "jobs"))
                .isEqualTo("jobs are 'a', 'b'");
        assertThat(Spelling.suggestion("b1", List.of("b", "a"), "jobs"))
                .isEqualTo("did you mean 'b'?");
        assertThat(Spelling.suggestion("else", List.of(), "jobs"))
                .isEqualTo("remove it: there are none");
        assertThat(Spelling.listed(twelve, "jobs")).endsWith("'n20', 'n21'");
        assertThat(Spelling.listed(thirteen, "jobs")).endsWith("'n21', 1 more");
        assertThat(
                        Spelling.suggestion(
                                "else", List.of("hidden", "shown"), List.of("shown"), "keys"))
                .isEqualTo("keys are 'shown'");
    }
}
