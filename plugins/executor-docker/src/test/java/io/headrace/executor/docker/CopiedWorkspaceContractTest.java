package io.headrace.executor.docker;

import java.util.Map;

/** The same promises where the engine does not see this machine's files. */
final class CopiedWorkspaceContractTest extends DockerExecutorContractTest {

    @Override
    Map<String, String> values() {
        return Map.of("host", engine.host(), "workspace", "copy");
    }
}
