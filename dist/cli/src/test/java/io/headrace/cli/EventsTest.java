package io.headrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class EventsTest {

    @Test
    void anEventHasItsNameIdAndData() throws IOException {
        var events =
                events("retry: 1000\n\n: heartbeat\n\nid: 7\nevent: line\ndata: {\"a\":1}\n\n");

        assertThat(events.next()).isTrue();
        assertThat(events.name()).isEqualTo("line");
        assertThat(events.id()).isEqualTo("7");
        assertThat(events.data()).isEqualTo("{\"a\":1}");
    }

    @Test
    void dataOfSeveralLinesIsJoined() throws IOException {
        var events = events("data: one\ndata: two\n\n");

        events.next();

        assertThat(events.data()).isEqualTo("one\ntwo");
        assertThat(events.name()).isEqualTo("message");
    }

    @Test
    void aStreamThatEndsWasCutOff() {
        assertThatThrownBy(() -> events("data: half").next()).isInstanceOf(EOFException.class);
    }

    private static Events events(String text) {
        return new Events(new BufferedReader(new StringReader(text)));
    }
}
