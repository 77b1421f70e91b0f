package io.headrace.ui.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginPageTest {

    @Test
    void afterLoggingInOneIsBackWhereOneWas() {
        assertThat(LoginPage.local("runs/06xvwkxkc0000?job=test-21&attempt=2"))
                .contains("runs/06xvwkxkc0000?job=test-21&attempt=2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "//evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "javascript:alert(1)",
                "runs?x#y",
                " runs"
            })
    void noLinkLeadsOutOfHereThroughTheLogin(String address) {
        assertThat(LoginPage.local(address)).isEmpty();
    }
}
