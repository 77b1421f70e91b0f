package com.example.greetings;

import io.headrace.api.Command;
import io.headrace.api.ExecutionException;
import io.headrace.api.PluginContext;
import io.headrace.api.Setting;
import io.headrace.api.SettingsSchema;
import io.headrace.api.StepAction;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/** The step {@code uses: greet}: greets somebody from inside of the job's place. */
@Extension
public final class GreetAction implements StepAction {

    /** What {@link #configure} brought; replaced as a whole, so that each call sees one state. */
    private volatile @Nullable State state;

    private record State(String salutation, Greetings greetings) {}

    @Override
    public SettingsSchema settings() {
        return SettingsSchema.of(
                Setting.text("salutation", "Hello", "The word that greetings begin with."));
    }

    @Override
    public void configure(PluginContext context) {
        state =
                new State(
                        context.settings().text("salutation"),
                        new Greetings(context.dataDirectory()));
    }

    @Override
    public String name() {
        return "greet";
    }

    @Override
    public List<Input> inputs() {
        return List.of(
                new Input("name", true, null, "Who is greeted."),
                new Input("shout", false, "false", "true for capital letters."));
    }

    @Override
    public int run(StepContext context) throws ExecutionException, InterruptedException {
        var current = state;
        if (current == null) {
            throw new IllegalStateException("run was called before configure");
        }
        var name = context.inputs().getOrDefault("name", "");
        var greeting = current.salutation() + ", " + name + "!";
        if (Boolean.parseBoolean(context.inputs().get("shout"))) {
            greeting = greeting.toUpperCase(Locale.ROOT);
        }
        context.log("Greeting " + name);
        // The name comes from outside: the shell gets it as a value, never as a piece of script.
        var environment = new HashMap<>(context.environment());
        environment.put("GREETING", greeting);
        var result =
                context.execution()
                        .run(
                                Command.shell(
                                        "printf '%s\\n' \"$GREETING\"",
                                        environment,
                                        Duration.ofMinutes(1)),
                                context.output());
        if (result.succeeded()) {
            remember(current.greetings(), greeting);
        }
        return result.exitCode();
    }

    private static void remember(Greetings greetings, String greeting) throws ExecutionException {
        try {
            greetings.add(greeting);
        } catch (IOException e) {
            throw new ExecutionException(
                    ExecutionException.Kind.EXHAUSTED,
                    "The greeting can't be written down; look at the disk of the server",
                    e);
        }
    }
}
