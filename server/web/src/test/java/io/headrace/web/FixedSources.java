package io.headrace.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headrace.api.ArtifactStore;
import io.headrace.api.Executor;
import io.headrace.api.ScmException;
import io.headrace.api.ScmProvider;
import io.headrace.api.StepAction;
import io.headrace.engine.Extensions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Sources that a test puts there: one pipeline file for each address. */
final class FixedSources implements Extensions, ScmProvider {

    static final String COMMIT = "1234567890123456789012345678901234567890";

    private final Map<String, String> files = new ConcurrentHashMap<>();

    void put(String url, String pipeline) {
        files.put(url, pipeline);
    }

    @Override
    public Optional<ScmProvider> scm(String type) {
        return type.equals("git") ? Optional.of(this) : Optional.empty();
    }

    @Override
    public String type() {
        return "git";
    }

    @Override
    public boolean recognises(String url) {
        return url.startsWith("https://");
    }

    @Override
    public Revision resolve(Source source, String ref) throws ScmException {
        if (ref.equals("nowhere")) {
            throw new ScmException(
                    ScmException.Kind.NO_SUCH_REF, "There is no 'nowhere' in " + source.url());
        }
        var name = ref.isEmpty() || ref.equals(COMMIT) ? "main" : ref;
        return new Revision(
                COMMIT,
                name.startsWith("refs/") ? name : "refs/heads/" + name,
                "Ada <ada@example.org>",
                "Add a feature\n\nIt is good.",
                Instant.parse("2026-03-01T08:00:00Z"));
    }

    @Override
    public byte[] read(Source source, String commit, String path, int maxBytes)
            throws ScmException {
        var text = files.get(source.url());
        if (text == null) {
            throw new ScmException(
                    ScmException.Kind.NO_SUCH_FILE, "There is no " + path + " in " + source.url());
        }
        return text.getBytes(UTF_8);
    }

    @Override
    public void checkout(Source source, String commit, Path directory) {
        throw new UnsupportedOperationException("Nothing is checked out in these tests");
    }

    @Override
    public Optional<Executor> executor(String type) {
        return Optional.empty();
    }

    @Override
    public List<Executor> executors() {
        return List.of();
    }

    @Override
    public Optional<StepAction> action(String name) {
        return Optional.empty();
    }

    @Override
    public Optional<ArtifactStore> artifactStore(String type) {
        return Optional.empty();
    }
}
