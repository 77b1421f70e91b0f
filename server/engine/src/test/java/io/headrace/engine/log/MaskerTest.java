package io.headrace.engine.log;

import static io.headrace.engine.log.LogFixture.ATTEMPT;
import static io.headrace.engine.log.LogFixture.print;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskerTest {

    private static final String KEY =
            """
            -----BEGIN KEY-----
            MIIEvQIBADANBgkqhkiG9w0BAQEFAASC
            BKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj
            ab
            -----END KEY-----
            """;

    private @TempDir Path directory;

    @Test
    void aSecretShowsItsName() {
        var masker = Masker.of(Map.of("DB_PASSWORD", "hunter2"));

        assertThat(masker.mask("psql -p hunter2; hunter2hunter2, hunter"))
                .isEqualTo("psql -p «DB_PASSWORD»; «DB_PASSWORD»«DB_PASSWORD», hunter");
    }

    @Test
    void aValueOfThreeCharactersIsNoSecret() {
        assertThat(Masker.of(Map.of("PIN", "123"))).isSameAs(Masker.NONE);
        assertThat(Masker.of(Map.of("PIN", " 123 \n"))).isSameAs(Masker.NONE);
        assertThat(Masker.of(Map.of("PIN", "1234")).mask("12345")).isEqualTo("«PIN»5");
    }

    @Test
    void theLongestOfOverlappingSecretsGivesItsName() {
        var masker = Masker.of(Map.of("A", "abcd", "B", "cdefgh", "C", "abcdefghij"));

        assertThat(masker.mask("abcd")).isEqualTo("«A»");
        assertThat(masker.mask("xabcdefghx")).isEqualTo("x«B»x");
        assertThat(masker.mask("abcdefghij")).isEqualTo("«C»");
        assertThat(masker.mask("abcdefghi")).isEqualTo("«B»i");
    }

    @ParameterizedTest
    @ValueSource(strings = {"p4ss word/+ü€'\"\\$x&=", "tok~en!(1)*[a]{b};|<>", "0123456789abcdef"})
    void aSecretIsFoundInEveryEncoding(String secret) {
        var masker = Masker.of(Map.of("S", secret));
        var json = secret.replace("\\", "\\\\").replace("\"", "\\\"");
        var url = URLEncoder.encode(secret, UTF_8);

        assertThat(masker.mask("<" + secret + ">")).isEqualTo("<«S»>");
        assertThat(masker.mask("{\"a\":\"" + json + "\"}")).isEqualTo("{\"a\":\"«S»\"}");
        assertThat(masker.mask("?q=" + url + "&x")).isEqualTo("?q=«S»&x");
        assertThat(masker.mask("?q=" + url.replace("+", "%20") + "&x")).isEqualTo("?q=«S»&x");
        assertThat(masker.mask("+ echo '" + secret.replace("'", "'\\''") + "'"))
                .isEqualTo("+ echo '«S»'");
        assertThat(masker.mask("x=\"" + secret.replaceAll("([\\\\\"$`])", "\\\\$1") + "\""))
                .isEqualTo("x=\"«S»\"");
    }

    @Test
    void base64IsFoundAtEachOffsetAndAcrossLines() {
        var secret = "a secret of more than fifty-seven bytes, so that base64 wraps it, twice";
        var masker = Masker.of(Map.of("S", secret));

        for (var before : List.of("", "u", "us", "user:", "someone:")) {
            for (var after : List.of("", "\n", "@h", "xyz")) {
                var bytes = (before + secret + after).getBytes(UTF_8);
                for (var encoder :
                        List.of(
                                Base64.getEncoder(),
                                Base64.getUrlEncoder(),
                                Base64.getMimeEncoder(),
                                Base64.getMimeEncoder(64, new byte[] {'\n'}))) {
                    var masked = masker.mask("Basic " + encoder.encodeToString(bytes) + " end\n");

                    assertThat(masked).contains("«S»").hasSizeLessThan(50);
                    assertThat(masked).startsWith("Basic ").endsWith(" end\n");
                }
            }
        }
    }

    @Test
    void eachLineOfASecretIsASecret() {
        var masker = Masker.of(Map.of("KEY", KEY));

        assertThat(masker.mask("got " + KEY.strip() + " bye")).isEqualTo("got «KEY» bye");
        assertThat(masker.mask(KEY.replace("\n", "\r\n"))).doesNotContain("MII", "BKc");
        assertThat(masker.mask("key: BKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\nnext: ab"))
                .isEqualTo("key: «KEY»\nnext: ab");
        assertThat(masker.mask("{\"k\":\"" + KEY.replace("\n", "\\n") + "\"}"))
                .isEqualTo("{\"k\":\"«KEY»\"}");
    }

    @Test
    void eachStringInAJsonSecretIsASecret() {
        var masker =
                Masker.of(
                        Map.of(
                                "GCP",
                                "{\"id\": 7, \"keys\": [{\"private\": \"a\\nlong\\\"key\"}]}"));

        assertThat(masker.mask("key is long\"key")).isEqualTo("key is «GCP»");
        assertThat(masker.mask("private id keys")).isEqualTo("private id keys");
    }

    @Test
    void coloursWithinASecretDoNotShowIt() {
        var masker = Masker.of(Map.of("S", "hunter2"));

        assertThat(masker.mask("\u001b[1mhun\u001b[31;1mter\u001b[m2\u001b[0m!"))
                .isEqualTo("\u001b[1m«S»\u001b[0m!");
        assertThat(masker.mask("hun\u001b]ter2 \u001b[3hunter2"))
                .isEqualTo("hun\u001b]ter2 \u001b[3«S»");
    }

    @RepeatedTest(30)
    void noSecretSurvivesAnyCutting(RepetitionInfo repetition) throws Exception {
        var random = new Random(repetition.getCurrentRepetition());
        var secrets = Map.of("A", "aabab", "B", "babba-bab", "KEY", KEY, "D", "abab\nbaba");
        var masker = Masker.of(secrets);
        var text = new StringBuilder();
        for (var i = 0; i < 3_000; i++) {
            switch (random.nextInt(40)) {
                case 0 -> text.append(KEY);
                case 1 -> text.append("\u001b[1m");
                case 2 -> text.append('\n');
                case 3 -> text.append(Base64.getEncoder().encodeToString(KEY.getBytes(UTF_8)));
                default -> text.append("ab-".charAt(random.nextInt(3)));
            }
        }
        var whole = masker.mask(text.append("!\n").toString());

        for (var secret : List.of("aabab", "babba-bab", "MIIEvQIBADANBgkqhkiG", "abab\nbaba")) {
            assertThat(whole).doesNotContain(secret);
        }
        assertThat(cut(masker, text.toString(), random)).isEqualTo(whole);
    }

    /** Lets {@code text} through in random pieces. */
    private String cut(Masker masker, String text, Random random) throws Exception {
        var bytes = text.getBytes(UTF_8);
        try (var fixture = new LogFixture(directory)) {
            try (var log = fixture.logs.open(ATTEMPT, masker);
                    var output = log.output(0)) {
                for (var at = 0; at < bytes.length; ) {
                    var length = Math.min(bytes.length - at, random.nextInt(60));
                    output.stdout(bytes, at, length);
                    at += length;
                }
            }
            return new String(fixture.download(), UTF_8);
        }
    }

    @Test
    void linesThatMayBeginASecretAreShownWhenNothingComesForAWhile() throws Exception {
        try (var fixture = new LogFixture(directory);
                var log = fixture.logs.open(ATTEMPT, Masker.of(Map.of("K", "abc\nlast line")));
                var follower = fixture.logs.follow(ATTEMPT, 1);
                var output = log.output(0)) {
            print(output, "first\nabc\n");
            assertThat(follower.next(9, Duration.ofSeconds(9)))
                    .extracting(LogLine::text)
                    .containsExactly("first");

            assertThat(follower.next(9, Duration.ofSeconds(9)))
                    .extracting(LogLine::text)
                    .containsExactly("abc");

            print(output, "last line\n");
            assertThat(follower.next(9, Duration.ofSeconds(9)))
                    .extracting(LogLine::text)
                    .containsExactly("«K»");
        }
    }

    @Test
    void systemLinesAreMasked() throws Exception {
        try (var fixture = new LogFixture(directory)) {
            try (var log = fixture.logs.open(ATTEMPT, Masker.of(Map.of("K", "hunter2")))) {
                log.line(0, "+ login hunter2");
            }

            assertThat(fixture.texts()).containsExactly("+ login «K»");
        }
    }
}
