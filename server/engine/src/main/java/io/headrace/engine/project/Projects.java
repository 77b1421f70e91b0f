package io.headrace.engine.project;

import io.headrace.engine.Extensions;
import io.headrace.engine.Page;
import io.headrace.engine.Refused;
import io.headrace.engine.TimeId;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The projects of this installation. */
public final class Projects {

    private static final Pattern LOGIN_IN_ADDRESS =
            Pattern.compile("(?i)\\s*[a-z+]+://[^/@:]*:[^/]*@.*|\\s*https?://[^/]*@.*");

    /** As the database has it. */
    private static final int MAX_LENGTH = 4000;

    private static final int MAX_BRANCH_LENGTH = 1000;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private final ProjectStore store;
    private final Extensions extensions;
    private final TimeId ids;
    private final Consumer<ProjectStore.Remains> leaves;
    private final InstantSource clock;

    /**
     * @param leaves takes what deleted runs leave outside of the store
     */
    public Projects(
            ProjectStore store,
            Extensions extensions,
            TimeId ids,
            Consumer<ProjectStore.Remains> leaves,
            InstantSource clock) {
        this.store = store;
        this.extensions = extensions;
        this.ids = ids;
        this.leaves = leaves;
        this.clock = clock;
    }

    /**
     * Returns the name that people are likely to want for the project of a repository: the last
     * part of its address.
     *
     * @param url as people typed it, whether right or not
     * @return empty if nothing in it could be a project's name
     */
    public static Optional<String> nameFor(String url) {
        var last = url.strip().replaceFirst("[/\\\\]+$", "").replaceFirst(".*[/\\\\:]", "");
        var name = last.replaceFirst("(?i)\\.git$", "");
        return NAME.matcher(name).matches() ? Optional.of(name) : Optional.empty();
    }

    /**
     * Adds a project.
     *
     * @param pipelineFile null means {@link Project#DEFAULT_PIPELINE_FILE}
     * @throws Refused if something is wrong with it, or the name is taken
     */
    public Project create(String name, Project.Source source, @Nullable String pipelineFile) {
        if (name.isEmpty()) {
            throw Refused.invalid("A project needs a name; give it one, such as the repository's");
        }
        if (!NAME.matcher(name).matches()) {
            throw Refused.invalid(
                    "'%s' can't be a project's name; use up to 63 letters, digits, '.', '_' and '-', beginning with a letter or digit"
                            .formatted(name));
        }
        var now = clock.instant();
        var project =
                new Project(
                        new ProjectId(ids.next()),
                        name,
                        checked(source),
                        checkedFile(pipelineFile),
                        now,
                        now,
                        1);
        if (!store.add(project)) {
            throw new Refused(
                    Refused.Why.CONFLICT,
                    "There is a project '%s' already; choose another name, or change that one"
                            .formatted(name));
        }
        return project;
    }

    public Optional<Project> find(String name) {
        return store.find(name);
    }

    /**
     * Returns the project.
     *
     * @throws Refused if there is none
     */
    public Project get(String name) {
        return store.find(name)
                .orElseThrow(() ->
                        Refused.notFound(
                                "There is no project '%s'; see the list of projects (headrace project list)"
                                        .formatted(name)));
    }

    /** Lists by name; see {@link ProjectStore#list}. */
    public Page<Project> list(@Nullable String after, int limit) {
        return store.list(after, limit);
    }

    /**
     * Changes where a project's sources are. Runs that exist keep what they were made from.
     *
     * @throws Refused if there is no such project, something is wrong with the change, or somebody
     *     else changed it at the same moment
     */
    public Project update(String name, Project.Source source, @Nullable String pipelineFile) {
        var old = get(name);
        var changed =
                new Project(
                        old.id(),
                        old.name(),
                        checked(source),
                        checkedFile(pipelineFile),
                        old.createdAt(),
                        clock.instant(),
                        old.version() + 1);
        if (!store.update(changed)) {
            throw new Refused(
                    Refused.Why.CONFLICT,
                    "Project '%s' was just changed by somebody else; look at it and try again"
                            .formatted(name));
        }
        return changed;
    }

    /**
     * Deletes a project with all its runs, their logs and artifacts.
     *
     * @throws Refused if there is no such project
     */
    public void delete(String name) {
        store.delete(get(name).id(), leaves);
    }

    private Project.Source checked(Project.Source source) {
        if (source.url().isBlank()) {
            throw Refused.invalid(
                    "'source.url' is missing; give the repository's address, or a path on the server");
        }
        checkText("source.url", source.url().strip(), MAX_LENGTH);
        if (LOGIN_IN_ADDRESS.matcher(source.url()).matches()) {
            // Not repeated: it would be shown, and kept in logs.
            throw Refused.invalid(
                    "The address holds a login, which everybody could read; leave out what is before the '@', and give it as the project's credential");
        }
        var branch = source.branch();
        if (branch != null) {
            checkText("source.branch", branch.strip(), MAX_BRANCH_LENGTH);
        }
        var provider = extensions.scm(source.type());
        if (provider.isEmpty()) {
            throw Refused.invalid(
                    "No plugin brings sources of the type '%s'; install one, or use 'git'"
                            .formatted(source.type()));
        }
        if (!provider.get().recognises(source.url().strip())) {
            throw Refused.invalid(
                    "'%s' is not an address of the type '%s'; use a path, file:, http(s):, ssh: or user@host:path"
                            .formatted(source.url(), source.type()));
        }
        return new Project.Source(
                source.type(),
                source.url().strip(),
                branch == null || branch.isBlank() ? null : branch.strip());
    }

    private static String checkedFile(@Nullable String file) {
        if (file == null || file.isBlank()) {
            return Project.DEFAULT_PIPELINE_FILE;
        }
        var path = file.strip();
        checkText("pipelineFile", path, MAX_LENGTH);
        for (var name : path.split("/", -1)) {
            if (name.isEmpty() || name.equals("..") || name.equals(".")) {
                throw Refused.invalid(
                        "'%s' can't be a pipeline file; give a path inside the repository, such as %s"
                                .formatted(file, Project.DEFAULT_PIPELINE_FILE));
            }
        }
        return path;
    }

    /** What it refuses is not repeated: it may be long, or hold a login. */
    private static void checkText(String field, String text, int maxLength) {
        if (text.length() > maxLength) {
            throw Refused.invalid(
                    "'%s' has %,d characters; use up to %,d"
                            .formatted(field, text.length(), maxLength));
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw Refused.invalid(
                    "'%s' has a control character in it; remove that".formatted(field));
        }
    }
}
