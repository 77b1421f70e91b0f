package io.headrace.engine.retry;

import io.headrace.api.ExecutionException;
import io.headrace.api.ScmException;
import io.headrace.engine.Refused;
import io.headrace.engine.StoreException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells why something failed from what is known of it: its kind, its exit code, its last words. */
public final class Failures {

    /** Looked for in lower case. The first that is found counts. */
    private record Sign(Failure failure, List<String> words) {}

    private static final List<Sign> SIGNS =
            List.of(
                    new Sign(
                            Failure.RATE_LIMIT,
                            List.of(
                                    "too many requests",
                                    "toomanyrequests",
                                    "rate limit exceeded",
                                    "rate limit reached",
                                    "http 429",
                                    "error: 429")),
                    new Sign(
                            Failure.EXHAUSTED,
                            List.of(
                                    "no space left on device",
                                    "disk quota exceeded",
                                    "cannot allocate memory",
                                    "out of memory",
                                    "outofmemoryerror",
                                    "too many open files",
                                    "resource temporarily unavailable",
                                    "address already in use",
                                    "port is already allocated")),
                    new Sign(
                            Failure.NOT_ALLOWED,
                            List.of("no basic auth credentials", "authentication required")),
                    new Sign(
                            Failure.CONFIGURATION,
                            List.of(
                                    "manifest unknown",
                                    "no such image",
                                    "image not found",
                                    "repository does not exist")),
                    new Sign(
                            Failure.SERVICE_DOWN,
                            List.of(
                                    "cannot connect to the docker daemon",
                                    "service unavailable",
                                    "bad gateway",
                                    "gateway timeout",
                                    "gateway time-out")),
                    new Sign(
                            Failure.NETWORK,
                            List.of(
                                    "connection refused",
                                    "connection reset",
                                    "connection timed out",
                                    "connection timeout",
                                    "connect timed out",
                                    "read timed out",
                                    "i/o timeout",
                                    "tls handshake timeout",
                                    "could not resolve host",
                                    "name or service not known",
                                    "temporary failure in name resolution",
                                    "network is unreachable",
                                    "no route to host",
                                    "failed to connect to",
                                    "remote end hung up unexpectedly",
                                    "econnrefused",
                                    "econnreset",
                                    "etimedout",
                                    "eai_again")));

    private Failures() {}

    /** Tells why a command or its place could not be had. */
    public static Failure of(ExecutionException e) {
        return switch (e.kind()) {
            case NO_SUCH_IMAGE, INVALID -> Failure.CONFIGURATION;
            case NOT_ALLOWED -> Failure.NOT_ALLOWED;
            case UNAVAILABLE ->
                    said(e.getMessage()) == Failure.RATE_LIMIT
                            ? Failure.RATE_LIMIT
                            : Failure.SERVICE_DOWN;
            case LOST -> Failure.PLACE_LOST;
            case EXHAUSTED -> Failure.EXHAUSTED;
        };
    }

    /** Tells why sources could not be had. */
    public static Failure of(ScmException e) {
        return switch (e.kind()) {
            case UNREACHABLE ->
                    said(e.getMessage()) == Failure.RATE_LIMIT
                            ? Failure.RATE_LIMIT
                            : Failure.NETWORK;
            case NOT_ALLOWED -> Failure.NOT_ALLOWED;
            case NO_SUCH_REPOSITORY,
                    NO_SUCH_REF,
                    NO_SUCH_COMMIT,
                    NO_SUCH_FILE,
                    TOO_LARGE,
                    NO_TOOL,
                    INVALID_URL ->
                    Failure.CONFIGURATION;
        };
    }

    /** Tells why the server itself could not go on. */
    public static Failure of(Exception e) {
        return switch (e) {
            case StoreException _ -> Failure.DATABASE;
            case IOException io ->
                    said(io.getMessage()) == Failure.NETWORK ? Failure.NETWORK : Failure.EXHAUSTED;
            case Refused refused when refused.why() == Refused.Why.UNAVAILABLE ->
                    Failure.SERVICE_DOWN;
            case Refused _ -> Failure.CONFIGURATION;
            default -> Failure.UNKNOWN;
        };
    }

    /**
     * Tells why a command failed. What a shell or a program says of itself, 1 and 2, is its
     * author's whatever was written; 126 and 127 are mistakes; of all others the last lines may
     * know better (requirements QUEUE-047, conflicts C6).
     *
     * @param exitCode not 0
     * @param lastWords the end of its output
     */
    public static Failure ofExit(int exitCode, String lastWords) {
        return switch (exitCode) {
            case 126 -> Failure.NOT_EXECUTABLE;
            case 127 -> Failure.COMMAND_NOT_FOUND;
            case 1, 2 -> Failure.EXIT_CODE;
            default -> {
                var said = said(lastWords);
                yield said != null ? said : exitCode == 137 ? Failure.EXHAUSTED : Failure.EXIT_CODE;
            }
        };
    }

    private static @Nullable Failure said(@Nullable String text) {
        if (text == null) {
            return null;
        }
        var lower = text.toLowerCase(Locale.ROOT);
        for (var sign : SIGNS) {
            for (var words : sign.words()) {
                if (lower.contains(words)) {
                    return sign.failure();
                }
            }
        }
        return null;
    }
}
