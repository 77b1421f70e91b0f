package io.headrace.executor.docker;

import io.headrace.api.ExecutionException;
import io.headrace.api.ExecutionException.Kind;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;

/** Turns what a call to the engine throws into what a person can act upon. */
final class Failures {

    private Failures() {}

    static ExecutionException of(Engine engine, String doing, IOException e) {
        if (e instanceof Refusal refusal) {
            return new ExecutionException(
                    kind(refusal),
                    "Docker could not %s: %s%s".formatted(doing, refusal.said(), advice(refusal)),
                    refusal);
        }
        return unreachable(engine.address(), e);
    }

    private static String advice(Refusal refusal) {
        return refusal.said().contains("bind source path does not exist")
                ? ". If Headrace runs in a container itself, the engine does not see its files: set 'workspace' of the Docker executor to 'copy'"
                : "";
    }

    private static Kind kind(Refusal refusal) {
        var said = refusal.said().toLowerCase(Locale.ROOT);
        if (said.contains("no space left")
                || said.contains("cannot allocate memory")
                || said.contains("resource temporarily unavailable")) {
            return Kind.EXHAUSTED;
        }
        if (said.contains("marked for removal") || said.contains("no such container")) {
            return Kind.LOST;
        }
        return switch (refusal.status()) {
            case Refusal.NOT_FOUND -> Kind.LOST;
            case Refusal.CONFLICT -> said.contains("not running") ? Kind.LOST : Kind.INVALID;
            default -> refusal.status() < 500 ? Kind.INVALID : Kind.UNAVAILABLE;
        };
    }

    private static ExecutionException unreachable(EngineAddress address, IOException e) {
        var reason = reason(e);
        if (address.isLocal() && reason.toLowerCase(Locale.ROOT).contains("permission denied")) {
            return new ExecutionException(
                    Kind.NOT_ALLOWED,
                    "Headrace may not use the Docker engine at %s: %s. Add Headrace's user to the group 'docker' and restart Headrace"
                            .formatted(address, reason),
                    e);
        }
        return new ExecutionException(
                Kind.UNAVAILABLE,
                "Docker engine can't be reached at %s: %s. Start it%s, or set its address in DOCKER_HOST or in the setting 'host' of the Docker executor"
                        .formatted(
                                address,
                                reason,
                                address.isLocal() ? " (`systemctl start docker`)" : ""),
                e);
    }

    /** Returns what went wrong, in words; some exceptions have none. */
    static String reason(Exception e) {
        return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    }
}
