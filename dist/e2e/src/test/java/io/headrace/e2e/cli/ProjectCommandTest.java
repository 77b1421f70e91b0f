package io.headrace.e2e.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.e2e.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Site.Shared.class)
class ProjectCommandTest {

    private @TempDir Path directory;

    @Test
    void aProjectIsAddedListedAndRemoved(Site site) throws IOException {
        var headrace = site.headrace();
        var path = repository("add").toString();

        var added = headrace.run("project", "add", "to-remove", path, "--branch", "main");

        assertThat(added.code()).as(added.toString()).isZero();
        assertThat(added.out())
                .isEqualTo(
                        "Added project to-remove. Run it: headrace run to-remove --follow%n"
                                .formatted());
        assertThat(headrace.run("project", "list").out())
                .containsPattern("NAME +SOURCE +BRANCH\n")
                .containsPattern("to-remove +" + path + " +main\n");

        var removed = headrace.run("project", "remove", "to-remove");

        assertThat(removed.code()).as(removed.toString()).isZero();
        assertThat(removed.out()).isEqualTo("Removed project to-remove%n".formatted());
        assertThat(headrace.run("project", "list").out()).doesNotContain("to-remove");
    }

    @Test
    void projectsAreAvailableAsJson(Site site) throws IOException {
        var headrace = site.headrace();
        var path = repository("json").toString();

        var added =
                headrace.json(
                        "project",
                        "add",
                        "as-json",
                        path,
                        "--pipeline-file",
                        "ci/build.yml",
                        "--json");

        assertThat(added.path("name").asText()).isEqualTo("as-json");
        assertThat(added.path("source").path("url").asText()).isEqualTo(path);
        assertThat(added.path("pipelineFile").asText()).isEqualTo("ci/build.yml");
        var listed = headrace.json("project", "list", "--json").path("items");
        assertThat(StreamSupport.stream(listed.spliterator(), false))
                .anySatisfy(
                        project -> assertThat(project.path("name").asText()).isEqualTo("as-json"));
    }

    @Test
    void aNameThatIsTakenIsRefused(Site site) throws IOException {
        var headrace = site.headrace();
        var path = repository("taken").toString();
        headrace.run("project", "add", "taken", path);

        var again = headrace.run("project", "add", "taken", path);

        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).startsWith("headrace: ").contains("'taken'");
    }

    @Test
    void aProjectThatIsNotThereCanNotBeRemovedOrRun(Site site) throws IOException {
        var headrace = site.headrace();

        var removed = headrace.run("project", "remove", "nosuch");
        var started = headrace.run("run", "nosuch");

        assertThat(removed.code()).isEqualTo(2);
        assertThat(removed.err())
                .isEqualTo(
                        "headrace: There is no project 'nosuch'; see the list of projects (headrace project list)%n"
                                .formatted());
        assertThat(started.code()).isEqualTo(2);
        assertThat(started.err()).isEqualTo(removed.err());
    }

    @Test
    void projectAloneSaysWhatCanBeDone(Site site) throws IOException {
        var ended = site.headrace().run("project");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err())
                .isEqualTo(
                        "headrace: Say what to do: add, list, share or remove%nTry: headrace project --help%n"
                                .formatted());
    }

    private Path repository(String name) throws IOException {
        return Repository.create(directory.resolve(name)).path();
    }
}
