package io.headrace.cli;

import io.headrace.language.schema.JsonSchema;
import picocli.CommandLine.Command;

/** Prints what editors need to complete and check pipeline files. */
@Command(
        name = "schema",
        description = "Prints the JSON Schema of pipeline files, for editors, without a server.",
        mixinStandardHelpOptions = true)
final class SchemaCommand extends ServerCommand {

    @Override
    public Integer call() {
        json(Server.JSON.valueToTree(JsonSchema.generate()));
        return ExitCode.SUCCEEDED;
    }
}
