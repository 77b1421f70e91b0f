package io.headrace.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.internal.ReflectionCache;
import io.headrace.api.AdminPage;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SamplePluginTest extends PluginsFixture {

    @BeforeEach
    void buildSample() throws IOException {
        SamplePlugin.build(home.resolve("sample.zip"));
    }

    private PluginInfo installSample() throws IOException {
        try (var zip = Files.newInputStream(home.resolve("sample.zip"))) {
            return plugins.install(zip);
        }
    }

    @Test
    void aHotInstalledActionRunsCommandsInTheJobsPlace() throws Exception {
        var info = installSample();
        var context = context("name", "World");

        var exitCode = action("greet").run(context);

        assertThat(exitCode).isZero();
        assertThat(context.printed()).isEqualTo("Hello, World!\n");
        assertThat(context.lines()).containsExactly("Greeting World");
        assertThat(info.state()).isEqualTo(PluginInfo.State.STARTED);
        assertThat(info.hasUi()).isTrue();
        assertThat(info.extensions())
                .extracting(one -> one.kind().label() + " " + one.name())
                .containsExactly("step action greet", "page greetings");
    }

    @Test
    void aHotInstalledPageShowsWhatTheActionDid() throws Exception {
        installSample();
        action("greet").run(context("name", "<b>World</b>"));

        var page = plugins.pages().getFirst();
        var view = (Component) plugins.newView(page.view()).orElseThrow();

        assertThat(page.title()).isEqualTo("Greetings");
        assertThat(page.path()).isEqualTo("greetings");
        assertThat(text(view.getElement()))
                .contains("Greetings said: 1")
                .contains("Hello, <b>World</b>!");
    }

    private static String text(Element element) {
        return element.getTextRecursively();
    }

    @Test
    void installingTakesLessThanASecondAndUninstallingLetsTheClassesGo() throws Exception {
        installSample();
        plugins.uninstall("greetings");

        var start = System.nanoTime();
        installSample();
        var took = Duration.ofNanos(System.nanoTime() - start);
        var classes = useAndForget();
        plugins.uninstall("greetings");
        // Vaadin remembers the classes of components; the user interface makes it forget them.
        ReflectionCache.clearAll();

        var gone = System.nanoTime();
        await().atMost(Duration.ofSeconds(8))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    System.gc();
                    return classes.get() == null;
                });
        System.out.printf(
                "Hot install: %d ms; class loader collected after %d ms%n",
                took.toMillis(), Duration.ofNanos(System.nanoTime() - gone).toMillis());
        assertThat(took).isLessThan(Duration.ofSeconds(1));
        assertThat(plugins.pages()).isEmpty();
        await().untilAsserted(() -> assertThat(folders().work()).isEmptyDirectory());
    }

    /** Uses all there is; the classes are held by nothing of the caller's after this. */
    private WeakReference<ClassLoader> useAndForget() throws Exception {
        action("greet").run(context("name", "World"));
        var views = plugins.pages().stream().<Class<?>>map(AdminPage::view).toList();
        var loader = new WeakReference<ClassLoader>(views.getFirst().getClassLoader());
        assertThat(plugins.newView(views.getFirst())).isPresent();
        return loader;
    }
}
