package io.headrace.executor.docker;

import io.headrace.api.ExecutionRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What every container gets, and what it does not: the API's {@code HostConfig}. */
final class Hardening {

    /** Where commands see the workspace. */
    static final String WORKSPACE = "/workspace";

    /** The idle process belongs to nobody, so that no command can signal it. */
    private static final StepUser NOBODY = new StepUser(65_534, 65_534);

    private static final StepUser NOBODY_ELSE = new StepUser(65_533, 65_533);

    private Hardening() {}

    /**
     * @param workspace the directory to mount, or null for a volume that lives as long as the
     *     container
     */
    static Map<String, Object> of(
            DockerSettings settings, ExecutionRequest.Limits limits, @Nullable Path workspace) {
        return Map.ofEntries(
                Map.entry("CapDrop", List.of("ALL")),
                Map.entry("SecurityOpt", List.of("no-new-privileges")),
                Map.entry("Privileged", false),
                Map.entry("ReadonlyRootfs", settings.readOnlyRoot()),
                Map.entry("Mounts", List.of(mount(workspace))),
                Map.entry("Tmpfs", Map.of("/tmp", temporary(settings.user(), settings.tmpBytes()))),
                Map.entry("Memory", limits.memoryBytes()),
                // As much as memory, which means no swap.
                Map.entry("MemorySwap", limits.memoryBytes()),
                Map.entry("NanoCpus", (long) (limits.cpus() * 1e9)),
                Map.entry("PidsLimit", limits.processes()),
                Map.entry("Ulimits", List.of(Map.of("Name", "core", "Soft", 0, "Hard", 0))),
                Map.entry("NetworkMode", limits.network() ? settings.network() : "none"),
                Map.entry("Init", true),
                Map.entry("RestartPolicy", Map.of("Name", "no")),
                Map.entry("LogConfig", Map.of("Type", "none")));
    }

    /** Owned by the commands' user, as the engine takes the mode from the image's directory. */
    private static String temporary(StepUser user, long bytes) {
        return "rw,exec,nosuid,nodev,uid=%d,gid=%d,mode=1777,size=%d"
                .formatted(user.uid(), user.gid(), bytes);
    }

    private static Map<String, Object> mount(@Nullable Path workspace) {
        return workspace == null
                ? Map.of("Type", "volume", "Target", WORKSPACE)
                : Map.of("Type", "bind", "Source", workspace.toString(), "Target", WORKSPACE);
    }

    /** Returns whom the idle process runs as: not root, and not the commands' user. */
    static StepUser keeper(StepUser commands) {
        return commands.uid() == NOBODY.uid() ? NOBODY_ELSE : NOBODY;
    }
}
