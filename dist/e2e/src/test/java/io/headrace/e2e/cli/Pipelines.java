package io.headrace.e2e.cli;

import java.nio.file.Path;

/** Pipeline files that more than one test needs. */
final class Pipelines {

    /** Takes an exit code. */
    static final String EXITS_WITH =
            """
            name: leave
            jobs:
              leave:
                checkout: false
                steps:
                  - name: leave
                    run: exit %d
            """;

    private Pipelines() {}

    /** Prints {@code it waits}, then nothing until {@code gate} is there, then {@code it ends}. */
    static String waitingFor(Path gate) {
        return """
        name: wait
        jobs:
          wait:
            checkout: false
            steps:
              - name: wait
                run: |
                  echo "it waits"
                  while [ ! -e '%s' ]; do sleep 0.05; done
                  echo "it ends"
        """
                .formatted(gate);
    }
}
