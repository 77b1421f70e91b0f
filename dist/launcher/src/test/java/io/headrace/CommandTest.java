package io.headrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import org.junit.jupiter.api.Test;

class CommandTest {

    @Test
    void theHomeIsTakenOutOfWhatTheCommandSees() {
        var command = parse("db", "export", "--home", "/srv/hr", "file.zip");

        assertThat(command.home).isEqualTo(new File("/srv/hr"));
        assertThat(command.words).containsExactly("db", "export", "file.zip");
        assertThat(parse("db", "check", "--home=/srv/hr").home).isEqualTo(new File("/srv/hr"));
    }

    @Test
    void theCommandLineWinsOverThePropertyAndThatOverTheVariable() {
        assertThat(Command.parse(new String[] {"help"}, null, "/variable").home)
                .isEqualTo(new File("/variable"));
        assertThat(Command.parse(new String[] {"help"}, "/property", "/variable").home)
                .isEqualTo(new File("/property"));
        assertThat(parse("help").home)
                .isEqualTo(new File(System.getProperty("user.home"), ".headrace"));
    }

    @Test
    void aHomeWithoutAValueIsTold() {
        assertThatThrownBy(() -> parse("db", "check", "--home"))
                .hasMessage("--home needs a value; see help.");
    }

    private static Command parse(String... args) {
        return Command.parse(args, null, null);
    }
}
