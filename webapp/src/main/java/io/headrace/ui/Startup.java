package io.headrace.ui;

import io.headrace.engine.Home;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the server when the container starts the WAR, and closes it when it stops it. */
public final class Startup implements ServletContextListener {

    private static final Logger LOG = LoggerFactory.getLogger(Startup.class);
    private static final String PLUGINS = "/WEB-INF/plugins";

    /** By this attribute the launcher learns when it may record a start, if it may at all. */
    private static final String IDLE = "io.headrace.idle";

    private @Nullable Server server;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        var context = event.getServletContext();
        var home = home();
        var started = Server.start(home, System.getenv(), bundledPlugins(context), context);
        server = started;
        CDI.current().select(ServerBeans.class).get().use(started);
        if (started.headrace().configuration().startCache()) {
            context.setAttribute(IDLE, (BooleanSupplier) started.headrace()::isIdle);
        }
        LOG.info("Headrace keeps everything in {}", home.path());
        if (started.setupKey() != null) {
            invite(context, started.setupKey());
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    private static Home home() {
        var given =
                Optional.ofNullable(System.getProperty("headrace.home"))
                        .or(() -> Optional.ofNullable(System.getenv("HEADRACE_HOME")))
                        .filter(path -> !path.isBlank());
        return new Home(
                given.map(Path::of)
                        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".headrace")));
    }

    /** The one thing that is said on the terminal, since nobody can log in before. */
    private static void invite(ServletContext context, String key) {
        var address =
                System.getProperty(
                        "headrace.address", "http://<this machine>" + context.getContextPath());
        System.out.println(
                "There is no administrator yet. Create one here, once: %s/setup?key=%s"
                        .formatted(address, key));
    }

    /** Returns where the zips are; they are copied if the container did not unpack the WAR. */
    private static @Nullable Path bundledPlugins(ServletContext context) {
        var real = context.getRealPath(PLUGINS);
        if (real != null) {
            return Path.of(real);
        }
        var zips = context.getResourcePaths(PLUGINS);
        if (zips == null) {
            return null;
        }
        var temporary = (File) context.getAttribute(ServletContext.TEMPDIR);
        var folder = temporary.toPath().resolve("bundled-plugins");
        try {
            Files.createDirectories(folder);
            for (var zip : zips) {
                try (var in = context.getResourceAsStream(zip)) {
                    if (in != null) {
                        Files.copy(
                                in,
                                folder.resolve(Path.of(zip).getFileName().toString()),
                                StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
            return folder;
        } catch (IOException e) {
            throw new CannotStart(
                    "The plugins that come with Headrace can't be copied to %s: %s. Make room there."
                            .formatted(folder, e.getMessage()),
                    e);
        }
    }
}
