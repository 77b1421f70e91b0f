package io.headrace.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What each visitor of the pages does before it becomes interesting. */
final class Story {

    static final String PASSWORD = "correct horse battery";

    private Story() {}

    /** Makes {@code ada} the first administrator, who is then logged in. */
    static void firstAdministrator(Page page, RunningWar war) throws IOException {
        page.navigate(war.setupLink());
        page.getByLabel("Name").fill("ada");
        page.getByLabel("Password", exactly()).fill(PASSWORD);
        page.getByLabel("Password again").fill(PASSWORD);
        button(page, "Create administrator").click();
        assertThat(page.getByText("No projects yet")).isVisible();
    }

    static void project(Page page, RunningWar war, String name, Path repository) {
        page.navigate(war.address() + "/add-project");
        page.getByLabel("Name").fill(name);
        page.getByLabel("Repository").fill(repository.toString());
        button(page, "Add project").click();
        assertThat(page.getByText("No runs yet")).isVisible();
    }

    /** Makes a repository whose only commit holds {@code pipeline}. */
    static Path repository(Path folder, String pipeline) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(".headrace.yml"), pipeline);
        commit(folder, "Sell things");
        return folder;
    }

    /** Makes a repository of all that is in {@code folder}. */
    static void commit(Path folder, String message) throws IOException, InterruptedException {
        git(folder, "init", "-q", "-b", "main");
        git(folder, "add", "-A");
        git(
                folder,
                "-c",
                "user.name=Ada",
                "-c",
                "user.email=ada@example.org",
                "commit",
                "-qm",
                message);
    }

    private static void git(Path folder, String... arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add("git");
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start();
        assertThat(process.waitFor()).isZero();
    }

    static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    static Page.GetByLabelOptions exactly() {
        return new Page.GetByLabelOptions().setExact(true);
    }

    static Locator.GetByTextOptions textExactly() {
        return new Locator.GetByTextOptions().setExact(true);
    }
}
