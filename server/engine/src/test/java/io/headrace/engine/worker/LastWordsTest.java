package io.headrace.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.CommandOutput;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LastWordsTest {

    private final ByteArrayOutputStream passedOn = new ByteArrayOutputStream();
    private final LastWords words =
            new LastWords(
                    new CommandOutput() {
                        @Override
                        public void stdout(byte[] bytes, int offset, int length) {
                            passedOn.write(bytes, offset, length);
                        }

                        @Override
                        public void stderr(byte[] bytes, int offset, int length) {
                            passedOn.write(bytes, offset, length);
                        }
                    });

    @Test
    void bothStreamsAreRememberedAsTheyCame() {
        write("one ");
        var bytes = "xtwo x".getBytes(StandardCharsets.UTF_8);
        words.stderr(bytes, 1, 4);

        assertThat(words.text()).isEqualTo("one two ");
        assertThat(passedOn).hasToString("one two ");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000, 4095, 4096, 4097, 9000})
    void onlyTheEndIsRemembered(int piece) {
        var text = new StringBuilder();
        for (var i = 0; text.length() < 10_000; i++) {
            text.append(i).append(' ');
        }
        for (var at = 0; at < text.length(); at += piece) {
            write(text.substring(at, Math.min(text.length(), at + piece)));
        }

        assertThat(words.text()).isEqualTo(text.substring(text.length() - 4096));
        assertThat(passedOn).hasToString(text.toString());
    }

    private void write(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        words.stdout(bytes, 0, bytes.length);
    }
}
