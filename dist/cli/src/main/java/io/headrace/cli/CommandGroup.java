package io.headrace.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that does nothing but hold others. */
abstract class CommandGroup implements Callable<Integer> {

    @Spec private CommandSpec spec;

    /** Picocli gives the specification after the constructor. */
    @SuppressWarnings("NullAway.Init")
    CommandGroup() {}

    @Override
    public Integer call() {
        var names = List.copyOf(spec.subcommands().keySet());
        var last = names.size() - 1;
        throw new ParameterException(
                spec.commandLine(),
                "Say what to do: %s or %s"
                        .formatted(String.join(", ", names.subList(0, last)), names.get(last)));
    }
}
