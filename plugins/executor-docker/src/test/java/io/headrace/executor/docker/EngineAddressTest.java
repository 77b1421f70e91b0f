package io.headrace.executor.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EngineAddressTest {

    private static final Map<String, String> ENVIRONMENT =
            Map.of("DOCKER_HOST", "unix:///run/user/1000/docker.sock");

    @Test
    void theSettingComesBeforeTheEnvironmentAndThatBeforeTheUsualSocket() {
        assertThat(EngineAddress.of("tcp://build:2375", ENVIRONMENT))
                .hasToString("tcp://build:2375");
        assertThat(EngineAddress.of("", ENVIRONMENT))
                .hasToString("unix:///run/user/1000/docker.sock");
        assertThat(EngineAddress.of("", Map.of("DOCKER_HOST", " ")))
                .hasToString("unix:///var/run/docker.sock");
    }

    @Test
    void anEngineBehindASocketSharesTheFilesOfThisMachine() {
        assertThat(EngineAddress.of("", Map.of()).isLocal()).isTrue();
        assertThat(EngineAddress.of("tcp://build:2375", Map.of()).isLocal()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ssh://me@build", "/var/run/docker.sock", "unix:docker", "tcp://", "a b"})
    void otherAddressesAreRefused(String address) {
        assertThatThrownBy(() -> EngineAddress.of(address, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Docker engine address '%s' is not understood; use unix:///path or tcp://host:port, and a tunnel for an engine behind SSH or TLS"
                                .formatted(address));
    }

    @Test
    void tlsIsRefusedInsteadOfSpeakingInTheClear() {
        var environment = Map.of("DOCKER_HOST", "tcp://build:2376", "DOCKER_TLS_VERIFY", "1");

        assertThatThrownBy(() -> EngineAddress.of("", environment))
                .hasMessage(
                        "Docker engine address 'tcp://build:2376' is meant for TLS (DOCKER_TLS_VERIFY is set), which Headrace does not speak to an engine; use a tunnel and unset DOCKER_TLS_VERIFY");
    }
}
