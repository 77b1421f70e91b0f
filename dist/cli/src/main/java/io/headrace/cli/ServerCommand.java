package io.headrace.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What commands that ask a server have in common. */
abstract class ServerCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    /** Picocli gives the specification after the constructor. */
    @SuppressWarnings("NullAway.Init")
    ServerCommand() {}

    private Cli cli() {
        return (Cli) spec.root().userObject();
    }

    Server server() {
        return cli().server();
    }

    Terminal terminal() {
        return cli().terminal();
    }

    CommandSpec spec() {
        return spec;
    }

    Cli root() {
        return cli();
    }

    void json(JsonNode node) {
        try {
            terminal().line(Server.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a field's text in a form that can't harm the terminal; empty if there is none. */
    String text(JsonNode node, String field) {
        return terminal().safe(node.path(field).asText(""));
    }
}
