package io.headrace.ui;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogLevelTest {

    private final LoggerContext context = new LoggerContext();

    @AfterEach
    void stop() {
        context.stop();
    }

    private Level level(String logger) {
        return context.getLogger(logger).getEffectiveLevel();
    }

    private void configure() throws JoranException {
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(
                Objects.requireNonNull(LogLevelTest.class.getResource("/logback.xml")));
    }

    @Test
    void whatIsAskedOfTheServerIsNotAskedOfItsLibraries() throws JoranException {
        context.putProperty("HEADRACE_LOG_LEVEL", "DEBUG");

        configure();

        assertThat(level("io.headrace.engine.Headrace")).isEqualTo(Level.DEBUG);
        assertThat(level("org.eclipse.jetty.server.Server")).isEqualTo(Level.WARN);
        assertThat(level("com.vaadin.flow")).isEqualTo(Level.WARN);
    }

    @Test
    void theServerTellsWhatItDoesUnlessToldOtherwise() throws JoranException {
        configure();

        assertThat(level("io.headrace.engine.Headrace")).isEqualTo(Level.INFO);
        assertThat(level("org.eclipse.jetty.server.Server")).isEqualTo(Level.WARN);
    }
}
