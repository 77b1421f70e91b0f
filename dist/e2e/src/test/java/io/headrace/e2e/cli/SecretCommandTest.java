package io.headrace.e2e.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Site.Shared.class)
class SecretCommandTest {

    private static final String PIPELINE =
            "name: x\njobs:\n  build:\n    steps:\n      - name: make\n        run: make\n";

    @Test
    void aSecretIsReadFromStandardInputListedAndRemoved(Site site) throws IOException {
        site.project("with-secrets", PIPELINE);
        var headrace = site.headrace();
        assertThat(headrace.run("secret", "list", "with-secrets").out())
                .isEqualTo(
                        "Project with-secrets has no secrets. Add one: headrace secret set with-secrets NAME%n"
                                .formatted());

        var set = given(headrace, "s3cr3t value\n", "secret", "set", "with-secrets", "TOKEN");

        assertThat(set.code()).as(set.toString()).isZero();
        assertThat(set.out())
                .isEqualTo("Set the secret TOKEN of project with-secrets%n".formatted());
        assertThat(headrace.run("secret", "list", "with-secrets").out())
                .containsPattern("NAME +SET +BY\n")
                .containsPattern("TOKEN +20.* +admin\n")
                .doesNotContain("s3cr3t");
        assertThat(headrace.run("secret", "remove", "with-secrets", "TOKEN").code()).isZero();
        var again = headrace.run("secret", "remove", "with-secrets", "TOKEN");
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("Project 'with-secrets' has no secret 'TOKEN'");
    }

    @Test
    void aSecretWithoutAValueIsRefused(Site site) throws IOException {
        site.project("no-value", PIPELINE);

        var ended = given(site.headrace(), "", "secret", "set", "no-value", "TOKEN");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).startsWith("headrace: No value was given; type it when asked");
    }

    @Test
    void aCredentialIsSetShownAndRemoved(Site site) throws IOException {
        site.project("with-login", PIPELINE);
        var headrace = site.headrace();

        var set = given(headrace, "s3cr3t\n", "credential", "set", "with-login", "--user", "ada");

        assertThat(set.code()).as(set.toString()).isZero();
        assertThat(headrace.run("credential", "show", "with-login").out())
                .startsWith("password of ada for ")
                .doesNotContain("s3cr3t");
        assertThat(headrace.run("credential", "remove", "with-login").code()).isZero();
        assertThat(headrace.run("credential", "show", "with-login").out())
                .startsWith("Project with-login has no credential.");
    }

    private static Headrace.Ended given(Headrace headrace, String input, String... arguments)
            throws IOException {
        try (var running = headrace.start(arguments)) {
            try (var stdin = running.process().getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            return running.ended();
        }
    }
}
