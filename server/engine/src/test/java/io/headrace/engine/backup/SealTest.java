package io.headrace.engine.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.engine.Refused;
import org.junit.jupiter.api.Test;

class SealTest {

    private static final String PASSPHRASE = "correct horse battery staple";

    @Test
    void whatWasSealedIsOpenedByTheSamePassphraseAlone() {
        var sealed = Seal.close("a key".getBytes(UTF_8), PASSPHRASE);

        assertThat(new String(sealed, UTF_8)).doesNotContain("a key");
        assertThat(Seal.open(sealed, PASSPHRASE)).asString(UTF_8).isEqualTo("a key");
        assertThatThrownBy(() -> Seal.open(sealed, PASSPHRASE + "r"))
                .isInstanceOf(Refused.class)
                .hasMessage("The passphrase is not the one that the backup was made with");
    }

    @Test
    void aChangeIsNoticedWhereverItIs() {
        var sealed = Seal.close("a key".getBytes(UTF_8), PASSPHRASE);
        for (var place : new int[] {25, 40, sealed.length - 1}) {
            var changed = sealed.clone();
            changed[place] ^= 1;

            assertThatThrownBy(() -> Seal.open(changed, PASSPHRASE))
                    .as("byte %d", place)
                    .isInstanceOf(Refused.class);
        }
        assertThatThrownBy(() -> Seal.open(new byte[7], PASSPHRASE))
                .hasMessage("The keys in the backup are sealed in a way that is not known");
    }

    @Test
    void aShortPassphraseIsRefused() {
        assertThatThrownBy(() -> Seal.check("short"))
                .hasMessage(
                        "A passphrase has at least 12 characters; take a longer one, such as five words");
    }
}
