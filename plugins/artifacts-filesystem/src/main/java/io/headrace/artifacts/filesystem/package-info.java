/**
 * Keeps artifacts as files, named by their hash, in a directory of the server.
 *
 * <p>Start at {@link io.headrace.artifacts.filesystem.FileSystemArtifactStore}. The layout is
 * plain: {@code ab/cd/abcd…}, where the name is the SHA-256 of the content, so {@code sha256sum}
 * checks it.
 */
@NullMarked
package io.headrace.artifacts.filesystem;

import org.jspecify.annotations.NullMarked;
