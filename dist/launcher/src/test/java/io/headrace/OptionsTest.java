package io.headrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void withoutOptionsThisMachineAloneIsServed() {
        var options = parse();

        assertThat(options.host).isEqualTo("127.0.0.1");
        assertThat(options.port).isEqualTo(8080);
        assertThat(options.prefix).isEmpty();
        assertThat(options.home).isEqualTo(new File(System.getProperty("user.home"), ".headrace"));
    }

    @Test
    void valuesFollowASpaceOrAnEqualsSign() {
        var options =
                parse("--port", "9000", "--host=0.0.0.0", "--prefix", "/ci/", "--home=/srv/hr");

        assertThat(options.port).isEqualTo(9000);
        assertThat(options.host).isEqualTo("0.0.0.0");
        assertThat(options.prefix).isEqualTo("/ci");
        assertThat(options.home).isEqualTo(new File("/srv/hr"));
    }

    @Test
    void theCommandLineWinsOverThePropertyAndThatOverTheVariable() {
        assertThat(Options.parse(new String[0], null, "/variable").home)
                .isEqualTo(new File("/variable"));
        assertThat(Options.parse(new String[0], "/property", "/variable").home)
                .isEqualTo(new File("/property"));
        assertThat(Options.parse(new String[] {"--home", "/line"}, "/property", "/variable").home)
                .isEqualTo(new File("/line"));
    }

    @Test
    void prepareTakesNoValue() {
        assertThat(parse("--prepare", "--home", "/srv/hr").prepare).isTrue();
        assertThat(parse("--home", "/srv/hr").prepare).isFalse();
    }

    @Test
    void aWrongOptionIsNamed() {
        assertThatThrownBy(() -> parse("--prot", "80"))
                .hasMessage("'--prot' is not an option; --help lists those that are.");
        assertThatThrownBy(() -> parse("--port")).hasMessage("--port needs a value; see --help.");
        assertThatThrownBy(() -> parse("--port", "80a"))
                .hasMessage(
                        "--port is '80a'; give a number from 1 to 65535, or 0 for any free port.");
        assertThatThrownBy(() -> parse("--prefix", "ci"))
                .hasMessage(
                        "--prefix is 'ci'; give a path such as /ci, of letters, digits, '.', '_', '~' and '-'.");
    }

    private static Options parse(String... args) {
        return Options.parse(args, null, null);
    }
}
