package io.headrace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class MainTest {

    @Test
    void anOldJavaIsToldWhatIsNeeded() {
        assertThat(Main.wrongJava("1.8", "/opt/java8"))
                .isEqualTo(
                        "Headrace needs Java 25: this is Java 8 in /opt/java8. Install Java 25 and start Headrace with its 'java'.");
        assertThat(Main.wrongJava("21", "/opt/java21")).startsWith("Headrace needs Java 25: ");
    }

    @Test
    void java25AndNewerWillDo() {
        assertThat(Main.wrongJava("25", "/opt/java")).isNull();
        assertThat(Main.wrongJava("26", "/opt/java")).isNull();
    }

    @Test
    void anOldJavaCanReadWhatIsAtTheRootOfTheWar() throws IOException {
        for (var name :
                new String[] {
                    "Main", "Options", "Command", "Unpacked", "FastStart", "ClassPathJar"
                }) {
            try (var in = Main.class.getResourceAsStream(name + ".class")) {
                assertThat(in).isNotNull();
                var data = new DataInputStream(in);
                data.readInt();
                data.readUnsignedShort();

                assertThat(data.readUnsignedShort()).as("class level of %s", name).isEqualTo(52);
            }
        }
    }
}
