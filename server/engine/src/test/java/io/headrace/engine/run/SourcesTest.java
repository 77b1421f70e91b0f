package io.headrace.engine.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.ArtifactStore;
import io.headrace.api.Executor;
import io.headrace.api.ScmException;
import io.headrace.api.ScmProvider;
import io.headrace.api.StepAction;
import io.headrace.engine.Extensions;
import io.headrace.engine.plugin.AesSettingsCipher;
import io.headrace.engine.project.Project;
import io.headrace.engine.project.ProjectId;
import io.headrace.engine.secret.MemorySecrets;
import io.headrace.engine.secret.SourceLogins;
import io.headrace.language.Limits;
import io.headrace.language.PipelineProblem;
import io.headrace.language.PlanEvent;
import io.headrace.language.Planner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {

    private static final Project SHOP =
            new Project(
                    new ProjectId(7),
                    "shop",
                    new Project.Source("git", "https://example.org/shop.git", null),
                    "ci.yml",
                    Instant.EPOCH,
                    Instant.EPOCH,
                    1);

    private static final String PIPELINE =
            """
            name: shop
            include: [jobs.yml]
            """;

    private static final String JOBS =
            """
            jobs:
              build:
                steps:
                  - name: make
                    run: make
            """;

    private @TempDir Path directory;
    private final Repository repository = new Repository();
    private Sources sources;

    @BeforeEach
    void open() throws IOException {
        var cipher = AesSettingsCipher.at(directory.resolve("settings.key"));
        sources =
                new Sources(
                        repository,
                        new Pipelines(Limits.DEFAULT, Planner.Workers.UNKNOWN),
                        new SourceLogins(new MemorySecrets(), cipher, Clock.systemUTC()));
        repository.files.put("ci.yml", PIPELINE);
    }

    /** One commit, whose files may be away for a while. */
    private static final class Repository implements Extensions, ScmProvider {

        private final Map<String, String> files = new HashMap<>();
        private String away = "";

        @Override
        public String type() {
            return "git";
        }

        @Override
        public boolean recognises(String url) {
            return true;
        }

        @Override
        public Revision resolve(Source source, String ref) {
            return new Revision("1".repeat(40), "refs/heads/main", "Ada", "Add", Instant.EPOCH);
        }

        @Override
        public byte[] read(Source source, String commit, String path, int maxBytes)
                throws ScmException {
            if (path.equals(away)) {
                throw new ScmException(
                        ScmException.Kind.UNREACHABLE, "The host does not answer; try again");
            }
            var text = files.get(path);
            if (text == null) {
                throw new ScmException(ScmException.Kind.NO_SUCH_FILE, "there is no " + path);
            }
            return text.getBytes(UTF_8);
        }

        @Override
        public void checkout(Source source, String commit, Path into) {
            throw new AssertionError("Nobody should check out");
        }

        @Override
        public Optional<ScmProvider> scm(String type) {
            return Optional.of(this);
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

    private Runs.Found found() {
        return sources.find(
                SHOP,
                new Trigger("shop", PlanEvent.Type.MANUAL, null, null, Map.of(), "ada", null));
    }

    @Test
    void anIncludedFileThatIsAwayForAWhileIsReadTheNextTime() {
        repository.files.put("jobs.yml", JOBS);
        repository.away = "jobs.yml";

        var first = found();
        repository.away = "";
        var second = found();

        assertThat(first.plan()).isNull();
        assertThat(first.reason()).isEqualTo("The host does not answer; try again");
        assertThat(second.plan()).as(second.toString()).isNotNull();
    }

    @Test
    void anIncludedFileThatTheCommitDoesNotHaveIsAProblemOfThePipelineFile() {
        var found = found();

        assertThat(found.plan()).isNull();
        assertThat(found.problems())
                .extracting(PipelineProblem::message)
                .anyMatch(message ->
                        message.contains("'jobs.yml' can't be read: there is no jobs.yml"));
    }
}
