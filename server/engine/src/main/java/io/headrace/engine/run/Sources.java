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
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
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
    private final AllowedRepositories allowed;
    private final ParsedFiles<FileKey> parsed = new ParsedFiles<>(REMEMBERED_TEXT);

    private static final Set<ScmException.Kind> OF_THE_FILE =
            EnumSet.of(ScmException.Kind.NO_SUCH_FILE, ScmException.Kind.TOO_LARGE);

    private static final Set<ScmException.Kind> OF_THE_REPOSITORY =
            EnumSet.complementOf(
                    EnumSet.of(ScmException.Kind.UNREACHABLE, ScmException.Kind.NO_TOOL));

    // By project: another one of the same address may have another login, or none.
    private record CommitKey(ProjectId project, Project.Source source, String commit) {}

    private record FileKey(ProjectId project, Project.Source source, String commit, String file) {}

    /** A call of a provider. */
    @FunctionalInterface
    private interface Call<T extends @Nullable Object> {
        T make(ScmProvider provider, ScmProvider.Source source)
                throws ScmException, InterruptedException;
    }

    /**
     * @param allowed where files of other repositories may be taken from
     */
    public Sources(
            Extensions extensions,
            Pipelines pipelines,
            SourceLogins logins,
            AllowedRepositories allowed) {
        this.allowed = allowed;
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
                                    file, text, new CommitFiles(project, event.commit()), output),
                            event));
        } catch (Unreadable e) {
            throw e.failure;
        }
    }

    /**
     * Returns the files that a pipeline file of {@code project} may name, at the newest commit of
     * the project's branch. What they throw where the repository can't be had is {@link Refused}.
     *
     * @throws Refused if the repository can't be had
     */
    public Includes files(Project project) {
        try {
            var ref = Objects.requireNonNullElse(project.source().branch(), "");
            var files = new CommitFiles(project, revision(project, ref, null).commit());
            return new Includes() {
                @Override
                public Included read(@Nullable String repository, String path) {
                    return had(() -> files.read(repository, path));
                }

                @Override
                public Included read(String repository, @Nullable String ref, String path) {
                    return had(() -> files.read(repository, ref, path));
                }
            };
        } catch (ScmException e) {
            throw new Refused(Refused.Why.UNAVAILABLE, e.getMessage(), e);
        }
    }

    private static Includes.Included had(Supplier<Includes.Included> file) {
        try {
            return file.get();
        } catch (Unreadable e) {
            throw new Refused(Refused.Why.UNAVAILABLE, e.failure.getMessage(), e);
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
            var files = new CommitFiles(project, commit);
            try {
                known = read(project, commit, files);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
            if (!files.foreign) {
                parsed.add(key, known, files.length);
            }
        }
        return known;
    }

    /** Reads the other files that a pipeline file of a commit names. For one thread. */
    private final class CommitFiles implements Includes {

        private final Project project;
        private final String commit;
        // A file asked for several times is of one commit each time.
        private final Map<String, String> commits = new HashMap<>();

        /** Characters of all files that were read. */
        private long length;

        /** Whether there are files of other repositories, whose branches move. */
        private boolean foreign;

        CommitFiles(Project project, String commit) {
            this.project = project;
            this.commit = commit;
        }

        String text(String path) throws ScmException, InterruptedException {
            var text = Sources.this.text(project, commit, path);
            length += text.length();
            return text;
        }

        @Override
        public Included read(@Nullable String repository, String path) {
            if (repository != null) {
                return read(repository, null, path);
            }
            return had(() -> Included.of(text(path)), OF_THE_FILE);
        }

        @Override
        public Included read(String repository, @Nullable String ref, String path) {
            foreign = true;
            if (!allowed.allow(repository)) {
                return Included.refused(
                        "this server does not allow files of that repository; ask the operator to add it to "
                                + AllowedRepositories.KEY);
            }
            return had(
                    () -> {
                        // The project's login is for the project's address, and is sent to no
                        // other.
                        var source = new ScmProvider.Source(repository, null);
                        var provider = provider(project);
                        var name = Objects.requireNonNullElse(ref, "");
                        var key = name + " " + repository;
                        var found = commits.get(key);
                        if (found == null) {
                            found = provider.resolve(source, name).commit();
                            commits.put(key, found);
                        }
                        var bytes = provider.read(source, found, path, MAX_PIPELINE_BYTES);
                        var text = new String(bytes, StandardCharsets.UTF_8);
                        length += text.length();
                        return Included.of(text, found);
                    },
                    OF_THE_REPOSITORY);
        }

        /**
         * Reads a file.
         *
         * @param told what is wrong with the pipeline file; anything else may be over soon
         */
        private Included had(Reading reading, Set<ScmException.Kind> told) {
            try {
                return reading.read();
            } catch (ScmException e) {
                if (told.contains(e.kind())) {
                    return Included.refused(e.getMessage());
                }
                throw new Unreadable(e);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    /** A call that gives a file. */
    @FunctionalInterface
    private interface Reading {
        Includes.Included read() throws ScmException, InterruptedException;
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

    /** Parses the first of the project's pipeline files that the commit has. */
    private PipelineParser.Result read(Project project, String commit, CommitFiles includes)
            throws ScmException, InterruptedException {
        var files = project.pipelineFiles();
        for (var file : files) {
            try {
                return pipelines.parse(file, includes.text(file), includes);
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
