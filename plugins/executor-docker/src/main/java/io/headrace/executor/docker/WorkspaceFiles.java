package io.headrace.executor.docker;

import io.headrace.api.ExecutionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** The way to the files of a workspace: through a shared directory, or through the engine. */
interface WorkspaceFiles {

    /** Returns the workspace's absolute path in the container. */
    String path();

    /** Returns whether the server's directory is what commands see. */
    boolean isShared();

    /** Lets the commands' user write whatever others have put there. */
    void handOver() throws IOException, ExecutionException;

    /** Does what {@link io.headrace.api.Execution#put} promises. */
    void put(String directory, InputStream tar) throws IOException, ExecutionException;

    /** Does what {@link io.headrace.api.Execution#get} promises. */
    List<Integer> get(List<String> globs, OutputStream tar) throws IOException, ExecutionException;

    /** Lets the server remove what commands have made. */
    void handBack();
}
