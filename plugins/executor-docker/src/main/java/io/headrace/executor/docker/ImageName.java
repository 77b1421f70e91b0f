package io.headrace.executor.docker;

import io.headrace.api.ExecutionException;
import io.headrace.api.ExecutionException.Kind;
import java.util.regex.Pattern;

/**
 * The name of an image, taken apart.
 *
 * @param name as it was written
 * @param registry host of the registry, with its port if it has one
 * @param repository everything but the tag; with the digest, if there is one
 * @param tag {@code latest} where the name has neither tag nor digest, for without one the engine
 *     would pull every tag that there is; empty with a digest
 */
record ImageName(String name, String registry, String repository, String tag) {

    /** Where Docker looks when a name begins with no host. */
    static final String HUB = "docker.io";

    /** Roughly what the engine accepts; it has the last word. */
    private static final Pattern FORM =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._:/@-]{0,510}[A-Za-z0-9._-])?");

    /**
     * @throws ExecutionException if no image can have that name
     */
    static ImageName of(String name) throws ExecutionException {
        if (!FORM.matcher(name).matches()) {
            throw malformed(name, "it is not of the form [registry/]name[:tag]");
        }
        var slash = name.indexOf('/');
        var first = slash < 0 ? "" : name.substring(0, slash);
        var registry =
                first.contains(".") || first.contains(":") || first.equals("localhost")
                        ? first
                        : HUB;
        if (name.contains("@")) {
            return new ImageName(name, registry, name, "");
        }
        var colon = name.lastIndexOf(':');
        return colon > name.lastIndexOf('/')
                ? new ImageName(name, registry, name.substring(0, colon), name.substring(colon + 1))
                : new ImageName(name, registry, name, "latest");
    }

    static ExecutionException malformed(String name, String why) {
        return new ExecutionException(
                Kind.NO_SUCH_IMAGE,
                "'%s' is not the name of an image: %s. Write it like 'maven:3-eclipse-temurin-25'"
                        .formatted(name, why));
    }

    @Override
    public String toString() {
        return name;
    }
}
