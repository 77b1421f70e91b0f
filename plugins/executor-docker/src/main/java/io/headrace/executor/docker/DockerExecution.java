package io.headrace.executor.docker;

import io.headrace.api.Command;
import io.headrace.api.CommandOutput;
import io.headrace.api.CommandResult;
import io.headrace.api.Execution;
import io.headrace.api.ExecutionException;
import io.headrace.api.ExecutionException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One container, from its start to its removal. */
final class DockerExecution implements Execution {

    private final Container container;
    private final WorkspaceFiles files;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicLong memoryKills = new AtomicLong();
    private volatile @Nullable CommandRun running;

    DockerExecution(Container container, WorkspaceFiles files) {
        this.container = container;
        this.files = files;
    }

    @Override
    public String workspace() {
        return files.path();
    }

    @Override
    public boolean sharesWorkspace() {
        return files.isShared();
    }

    @Override
    public CommandResult run(Command command, CommandOutput output)
            throws ExecutionException, InterruptedException {
        ensureOpen();
        var run = new CommandRun(container, files.path(), memoryKills, command, output);
        running = run;
        try {
            files.handOver();
            return run.toItsEnd();
        } catch (IOException e) {
            throw new ExecutionException(
                    Kind.LOST, "The workspace can't be given to the job: " + Failures.reason(e), e);
        } catch (ExecutionException e) {
            ensureOpen();
            throw e;
        } finally {
            running = null;
        }
    }

    @Override
    public void put(String directory, InputStream tar)
            throws ExecutionException, IOException, InterruptedException {
        ensureOpen();
        try {
            files.put(directory, tar);
        } catch (IOException e) {
            throw explained(e);
        }
    }

    @Override
    public List<Integer> get(List<String> globs, OutputStream tar)
            throws ExecutionException, IOException, InterruptedException {
        ensureOpen();
        try {
            return files.get(globs, tar);
        } catch (IOException e) {
            throw explained(e);
        }
    }

    /** An interrupt closes the file or connection that is in use; so does the container's end. */
    private IOException explained(IOException e)
            throws ExecutionException, IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        ensureOpen();
        if (!files.isShared() && container.isGone()) {
            throw container.lost(e);
        }
        return e;
    }

    @Override
    public void stop() {
        var run = running;
        if (run != null) {
            run.stop();
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            container.remove();
            files.handBack();
        }
    }

    private void ensureOpen() throws ExecutionException {
        if (closed.get()) {
            throw new ExecutionException(
                    Kind.LOST, "The container %s was closed".formatted(container.name()));
        }
    }
}
