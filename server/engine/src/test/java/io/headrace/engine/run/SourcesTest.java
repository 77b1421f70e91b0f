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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
                        new SourceLogins(new MemorySecrets(), cipher, Clock.systemUTC()),
                        new AllowedRepositories(Set.of("https://example.org/ci/*")));
        repository.files.put("ci.yml", PIPELINE);
    }

    /** One commit, whose files may be away for a while. */
    private static final class Repository implements Extensions, ScmProvider {

        private final Map<String, String> files = new HashMap<>();
        private final List<String> asked = new ArrayList<>();
        private String away = "";
        private String head = "2";

        @Override
        public String type() {
            return "git";
        }

        @Override
        public boolean recognises(String url) {
            return true;
        }

        @Override
        public Revision resolve(Source source, String ref) throws ScmException {
            asked.add(source.url() + " " + ref + " " + source.credential());
            if (ref.equals("gone")) {
                throw new ScmException(ScmException.Kind.NO_SUCH_REF, "there is no 'gone'");
            }
            if (source.url().startsWith("https://example.org/ci/")) {
                return new Revision(
                        head.repeat(40), "refs/heads/main", "Bob", "Add", Instant.EPOCH);
            }
            return new Revision("1".repeat(40), "refs/heads/main", "Ada", "Add", Instant.EPOCH);
        }

        @Override
        public byte[] read(Source source, String commit, String path, int maxBytes)
                throws ScmException {
            if (path.equals(away)) {
                throw new ScmException(
                        ScmException.Kind.UNREACHABLE, "The host does not answer; try again");
            }
            var text = files.get(commit.startsWith("1") ? path : commit.charAt(0) + ":" + path);
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

    private static final String FOREIGN =
            """
            name: shop
            include: [{repository: "https://example.org/ci/base.git", path: jobs.yml%s}]
            """;

    @Test
    void aFileOfAnotherRepositoryThatIsAllowedIsReadAndItsCommitIsKept() {
        repository.files.put("ci.yml", FOREIGN.formatted(", ref: v3"));
        repository.files.put("2:jobs.yml", JOBS);

        var found = found();

        assertThat(found.plan()).as(found.toString()).isNotNull();
        assertThat(found.plan().jobs()).extracting(job -> job.id()).containsExactly("build");
        assertThat(found.plan().terms().included())
                .containsExactly(Map.entry("https://example.org/ci/base.git@v3", "2".repeat(40)));
        assertThat(repository.asked).contains("https://example.org/ci/base.git v3 null");
    }

    @Test
    void aBranchOfAnotherRepositoryIsLookedAtAgainForEachRun() {
        repository.files.put("ci.yml", FOREIGN.formatted(""));
        repository.files.put("2:jobs.yml", JOBS);
        repository.files.put("3:jobs.yml", JOBS.replace("build", "compile"));

        var first = found();
        repository.head = "3";
        var second = found();

        assertThat(first.plan()).isNotNull();
        assertThat(second.plan()).isNotNull();
        assertThat(second.plan().jobs()).extracting(job -> job.id()).containsExactly("compile");
        assertThat(second.plan().terms().included())
                .containsExactly(Map.entry("https://example.org/ci/base.git", "3".repeat(40)));
        assertThat(second.plan().hash()).isNotEqualTo(first.plan().hash());
    }

    @Test
    void aRepositoryThatTheOperatorDoesNotAllowIsNotAsked() {
        repository.files.put(
                "ci.yml",
                "{name: shop, include: [{repository: 'https://example.org/shop.git', path: jobs.yml}]}");

        var found = found();

        assertThat(found.plan()).isNull();
        assertThat(found.problems())
                .extracting(PipelineProblem::message)
                .contains(
                        "'https://example.org/shop.git:jobs.yml' can't be read: this server does not allow files of that repository; ask the operator to add it to pipeline.include.repositories");
        assertThat(repository.asked).hasSize(1);
    }

    @Test
    void aRefThatAnotherRepositoryDoesNotHaveIsAProblemOfThePipelineFile() {
        repository.files.put("ci.yml", FOREIGN.formatted(", ref: gone"));

        assertThat(found().problems())
                .extracting(PipelineProblem::message)
                .contains(
                        "'https://example.org/ci/base.git@gone:jobs.yml' can't be read: there is no 'gone'");
    }

    @Test
    void onlyWhatTheListNamesIsAllowed() {
        var allowed =
                new AllowedRepositories(
                        Set.of(
                                "https://example.org/ci/*",
                                "git@example.org:ci/*",
                                "https://example.org/one.git"));

        assertThat(
                        List.of(
                                "https://example.org/ci/a.git",
                                "https://example.org/ci/a/b-c.git/",
                                "git@example.org:ci/a.git",
                                "https://example.org/one.git"))
                .allMatch(allowed::allow);
        assertThat(
                        List.of(
                                "https://example.org/ci/",
                                "https://example.org/ci",
                                "https://example.org/ci/../shop.git",
                                "https://example.org/ci/a/../../shop.git",
                                "https://example.org/ci/%2e%2e/shop.git",
                                "https://example.org/ci//a",
                                "https://example.org/ci/a b",
                                "https://example.org/ci/a?b",
                                "https://example.org/ci/@host/a",
                                "https://example.org/one.git/two",
                                "https://example.org/one",
                                "https://example.com/ci/a.git",
                                ""))
                .noneMatch(allowed::allow);
        assertThat(AllowedRepositories.NONE.allow("https://example.org/one.git")).isFalse();
    }
}
