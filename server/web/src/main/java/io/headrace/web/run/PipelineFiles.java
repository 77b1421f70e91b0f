package io.headrace.web.run;

import io.headrace.engine.access.Permission;
import io.headrace.engine.project.Project;
import io.headrace.engine.project.Projects;
import io.headrace.engine.run.Runs;
import io.headrace.language.Includes;
import io.headrace.web.access.Caller;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The other files that a pipeline file names which was sent with a request: those that were sent
 * too, else those of a project's repository.
 */
final class PipelineFiles {

    private final Projects projects;
    private final Runs runs;

    PipelineFiles(Projects projects, Runs runs) {
        this.projects = projects;
        this.runs = runs;
    }

    /**
     * Returns the project that a request names, or null. Its repository is read, and how long its
     * jobs took is told: who asks may start its runs too.
     *
     * @throws ForbiddenException if the caller may not
     */
    @Nullable Project project(@Nullable String name, SecurityContext caller) {
        if (name == null || name.isBlank()) {
            return null;
        }
        if (!Caller.of(caller).may(Permission.RUN)) {
            throw new ForbiddenException(
                    "'project' reads a repository, which needs the permission RUN; leave it out");
        }
        return projects.get(name);
    }

    /**
     * @param sent texts by path; null means none
     */
    Includes of(@Nullable Map<String, String> sent, @Nullable Project project) {
        var texts = sent == null ? Map.<String, String>of() : sent;
        return new Includes() {

            private @Nullable Includes repository;

            @Override
            public Included read(@Nullable String other, String path) {
                if (other != null) {
                    return read(other, null, path);
                }
                var text = texts.get(path);
                return text != null
                        ? Included.of(text)
                        : project == null ? unknown() : repository(project).read(null, path);
            }

            @Override
            public Included read(String other, @Nullable String ref, String path) {
                return project == null ? unknown() : repository(project).read(other, ref, path);
            }

            private Includes repository(Project of) {
                if (repository == null) {
                    repository = runs.files(of);
                }
                return repository;
            }
        };
    }

    private static Includes.Included unknown() {
        return Includes.Included.refused(
                "it was not sent with the request; send it under 'files', or name a 'project' whose"
                        + " repository has it");
    }
}
