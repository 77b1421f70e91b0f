package io.headrace.engine.run;

import io.headrace.api.ScmException;
import io.headrace.api.ScmProvider;
import io.headrace.engine.Extensions;
import io.headrace.engine.Refused;
import io.headrace.engine.log.Masker;
import io.headrace.engine.project.Project;
import io.headrace.engine.project.ProjectId;
import io.headrace.engine.secret.SourceLogins;
import io.headrace.language.Includes;
import io.headrace.language.PipelineParser;
import io.headrace.language.PipelineProblem;
import io.headrace.language.PlanEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a trigger names: the commit, its pipeline file and the plan. A commit never changes,
 * so what was found for one is remembered, for the most recent ones.
 */
public final class Sources {

    /** Largest pipeline file, in bytes. */
    public static final int MAX_PIPELINE_BYTES = 1 << 20;

    private static final Pattern FULL_COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final int REMEMBERED = 500;

    /** Of pipeline files, in characters. */
    private static final long REMEMBERED_TEXT = 2 << 20;

    private final Extensions extensions;
    private final Pipelines pipelines;
    private final SourceLogins logins;
    private final Map<CommitKey, ScmProvider.Revision> revisions = recent();
    private final ParsedFiles<FileKey> parsed = new ParsedFiles<>(REMEMBERED_TEXT);

    // By project: another one of the same address may have another login, or none.
    private record CommitKey(ProjectId project, Project.Source source, String commit) {}

    private record FileKey(ProjectId project, Project.Source source, String commit, String file) {}

    /** A call of a provider. */
    @FunctionalInterface
    private interface Call<T extends @Nullable Object> {
        T make(ScmProvider provider, ScmProvider.Source source)
                throws ScmException, InterruptedException;
    }

    public Sources(Extensions extensions, Pipelines pipelines, SourceLogins logins) {
        this.extensions = extensions;
        this.pipelines = pipelines;
        this.logins = logins;
    }

    /**
     * Finds what {@code trigger} names. Sources that can't be had are a reason, not an exception.
     */
    public Runs.Found find(Project project, Trigger trigger) {
        var ref = Objects.requireNonNullElse(trigger.ref(), "");
        var branch = project.source().branch();
        if (ref.isBlank() && branch != null) {
            ref = branch;
        }
        ScmProvider.Revision revision;
        try {
            revision = revision(project, ref, trigger.commit());
        } catch (ScmException e) {
            var event =
                    event(project, trigger, ref, Objects.requireNonNullElse(trigger.commit(), ""));
            return failed(event, null, problem(project, e.getMessage()), e.getMessage());
        }
        var event = event(project, trigger, revision.ref(), revision.commit());
        try {
            var decision = Decision.of(pipelines.plan(parsed(project, revision.commit()), event));
            return new Runs.Found(
                    event,
                    firstLine(revision.message()),
                    revision.author(),
                    decision.plan(),
                    decision.problems(),
                    decision.reason());
        } catch (ScmException e) {
            return failed(event, revision, problem(project, e.getMessage()), e.getMessage());
        }
    }

    /**
     * Plans a run anew, now that the rest of its pipeline is known.
     *
     * @param event what the run is for
     * @param file the pipeline file, as it was called when the run began
     * @param output what the file's {@code generate} wrote, up to 1 MiB
     */
    public Decision generated(Project project, PlanEvent event, String file, String output)
            throws ScmException, InterruptedException {
        var text = text(project, event.commit(), file);
        try {
            return Decision.of(
                    pipelines.plan(
                            pipelines.parseGenerated(
                                    file,
                                    text,
                                    (repository, path) ->
                                            included(
                                                    project,
                                                    event.commit(),
                                                    repository,
                                                    path,
                                                    new AtomicLong()),
                                    output),
                            event));
        } catch (Unreadable e) {
            throw e.failure;
        }
    }

    /**
     * Puts the files of a commit into {@code directory}; see {@link ScmProvider#checkout}.
     *
     * @param apart whether commands will see nothing else of this machine; see {@link
     *     ScmProvider#checkoutApart}
     */
    public void checkout(Project project, String commit, Path directory, boolean apart)
            throws ScmException, InterruptedException {
        ask(
                project,
                (provider, source) -> {
                    if (apart) {
                        provider.checkoutApart(source, commit, directory);
                    } else {
                        provider.checkout(source, commit, directory);
                    }
                    return null;
                });
    }

    private ScmProvider.Revision revision(Project project, String ref, @Nullable String commit)
            throws ScmException {
        var name = commit == null ? ref : commit;
        if (!FULL_COMMIT.matcher(name).matches()) {
            return resolved(project, name);
        }
        var key = new CommitKey(project.id(), project.source(), name);
        var known = revisions.get(key);
        if (known == null) {
            known = resolved(project, name);
            revisions.put(key, known);
        }
        // A trigger that names both says which ref the commit is meant to stand for.
        return commit == null || ref.isEmpty() || FULL_COMMIT.matcher(ref).matches()
                ? known
                : new ScmProvider.Revision(
                        known.commit(),
                        fullRef(ref),
                        known.author(),
                        known.message(),
                        known.time());
    }

    private static String fullRef(String ref) {
        return ref.startsWith("refs/") ? ref : "refs/heads/" + ref;
    }

    private ScmProvider.Revision resolved(Project project, String name) throws ScmException {
        try {
            return ask(project, (provider, source) -> provider.resolve(source, name));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private PipelineParser.Result parsed(Project project, String commit) throws ScmException {
        var key = new FileKey(project.id(), project.source(), commit, project.pipelineFile());
        var known = parsed.find(key);
        if (known == null) {
            var length = new AtomicLong();
            try {
                known = read(project, commit, length);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
            parsed.add(key, known, length.get());
        }
        return known;
    }

    /** Reads another file of the same commit. */
    private Includes.Included included(
            Project project,
            String commit,
            @Nullable String repository,
            String path,
            AtomicLong length) {
        if (repository != null) {
            return Includes.Included.refused("this server allows no other repositories yet");
        }
        try {
            var text = text(project, commit, path);
            length.addAndGet(text.length());
            return Includes.Included.of(text);
        } catch (ScmException e) {
            return switch (e.kind()) {
                case NO_SUCH_FILE, TOO_LARGE -> Includes.Included.refused(e.getMessage());
                default -> throw new Unreadable(e);
            };
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /**
     * Says that a file could not be had just now. It ends the parser, whose result would be
     * remembered: the commit itself may be without flaw.
     */
    private static final class Unreadable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final ScmException failure;

        Unreadable(ScmException failure) {
            super(failure);
            this.failure = failure;
        }
    }

    /**
     * Parses the first of the project's pipeline files that the commit has.
     *
     * @param length counts the characters of all files that were read
     */
    private PipelineParser.Result read(Project project, String commit, AtomicLong length)
            throws ScmException, InterruptedException {
        var files = project.pipelineFiles();
        for (var file : files) {
            try {
                var text = text(project, commit, file);
                length.addAndGet(text.length());
                return pipelines.parse(
                        file,
                        text,
                        (repository, path) -> included(project, commit, repository, path, length));
            } catch (Unreadable e) {
                throw e.failure;
            } catch (ScmException e) {
                if (e.kind() != ScmException.Kind.NO_SUCH_FILE || files.size() == 1) {
                    throw e;
                }
            }
        }
        throw new ScmException(
                ScmException.Kind.NO_SUCH_FILE,
                "There is no pipeline file at commit %s of %s: looked for %s; add one, or name another in the project"
                        .formatted(
                                commit.substring(0, Math.min(10, commit.length())),
                                project.source().url(),
                                String.join(", ", files)));
    }

    private String text(Project project, String commit, String path)
            throws ScmException, InterruptedException {
        var bytes =
                ask(
                        project,
                        (provider, source) ->
                                provider.read(source, commit, path, MAX_PIPELINE_BYTES));
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private ScmProvider provider(Project project) throws ScmException {
        return extensions
                .scm(project.source().type())
                .orElseThrow(() ->
                        new ScmException(
                                ScmException.Kind.NO_TOOL,
                                "No plugin brings sources of the type '%s'; install or enable one"
                                        .formatted(project.source().type())));
    }

    private <T extends @Nullable Object> T ask(Project project, Call<T> call)
            throws ScmException, InterruptedException {
        var provider = provider(project);
        var credential = logins.credential(project);
        try {
            return call.make(provider, new ScmProvider.Source(project.source().url(), credential));
        } catch (ScmException e) {
            throw credential == null ? e : masked(e, credential);
        }
    }

    /** What a provider says is shown to people and kept, so nothing of the secret may be in it. */
    private static ScmException masked(ScmException e, ScmProvider.Credential credential) {
        var message =
                Masker.of(Map.of(SourceLogins.MASKED_AS, credential.secret())).mask(e.getMessage());
        // Without its cause, whose message could hold it too.
        return message.equals(e.getMessage()) ? e : new ScmException(e.kind(), message);
    }

    private static Refused interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Refused(Refused.Why.UNAVAILABLE, "The server is shutting down; try again", e);
    }

    private static Runs.Found failed(
            PlanEvent event,
            ScmProvider.@Nullable Revision revision,
            PipelineProblem problem,
            String reason) {
        return new Runs.Found(
                event,
                revision == null ? "" : firstLine(revision.message()),
                revision == null ? "" : revision.author(),
                null,
                List.of(problem),
                reason);
    }

    private static PipelineProblem problem(Project project, String message) {
        return new PipelineProblem(
                project.pipelineFile(),
                1,
                1,
                1,
                "HR0001",
                PipelineProblem.Severity.ERROR,
                "",
                null,
                null,
                "",
                message,
                "check the project's address, branch and pipeline file",
                "docs/problems.md#hr0001",
                null);
    }

    private static PlanEvent event(Project project, Trigger trigger, String ref, String commit) {
        String branch = null;
        String tag = null;
        if (ref.startsWith("refs/heads/")) {
            branch = ref.substring("refs/heads/".length());
        } else if (ref.startsWith("refs/tags/")) {
            tag = ref.substring("refs/tags/".length());
        } else if (!ref.isBlank()
                && !FULL_COMMIT.matcher(ref).matches()
                && !ref.startsWith("refs/")) {
            branch = ref;
        }
        return new PlanEvent(
                project.name(), trigger.type(), ref, branch, tag, commit, trigger.parameters());
    }

    private static String firstLine(String message) {
        var end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    private static <K, V> Map<K, V> recent() {
        return Collections.synchronizedMap(
                new LinkedHashMap<>(64, 0.75f, true) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                        return size() > REMEMBERED;
                    }
                });
    }
}
