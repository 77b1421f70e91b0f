package io.headrace.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

class GlobFuzzTest {

    static Stream<byte[]> seeds() {
        return FuzzSeeds.globs();
    }

    /** Short inputs are compared with the same as a regular expression, long ones only timed. */
    @MethodSource("seeds")
    @FuzzTest(maxDuration = "20s")
    void aGlobMatchesWhatItsRegularExpressionMatches(byte[] bytes) {
        var lines = new String(bytes, StandardCharsets.UTF_8).split("\n", 2);
        if (lines.length < 2) {
            return;
        }
        Fuzzed.quickly(() -> Globs.matches(lines[0], lines[1]));
        if (lines[0].length() <= 12 && lines[1].length() <= 20) {
            assertThat(Globs.matches(lines[0], lines[1]))
                    .as("%s against %s", lines[0], lines[1])
                    .isEqualTo(expression(lines[0]).matcher(lines[1]).matches());
        }
    }

    private static Pattern expression(String glob) {
        var expression = new StringBuilder();
        for (int i = 0; i < glob.length(); i += Character.charCount(glob.codePointAt(i))) {
            int c = glob.codePointAt(i);
            if (glob.startsWith("**", i)) {
                expression.append(".*");
                i++;
            } else if (c == '*') {
                expression.append("[^/]*");
            } else if (c == '?') {
                expression.append("[^/]");
            } else {
                expression.append(Pattern.quote(Character.toString(c)));
            }
        }
        return Pattern.compile(expression.toString(), Pattern.DOTALL);
    }
}
