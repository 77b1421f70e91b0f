package io.headrace.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;

/** Stock Tomcat and Jetty, unzipped as they are published, with the WAR put into them. */
public final class ServletContainers {

    private static final String MEMORY = "-Xmx512m";
    private static final String JETTY_MODULES =
            "server,http,ee11-deploy,ee11-annotations,ee11-websocket-jakarta";

    private ServletContainers() {}

    /**
     * Starts Tomcat on a free port, and waits until Headrace is ready.
     *
     * @param directory Tomcat is unpacked below it
     * @param home of Headrace
     */
    public static ServerProcess tomcat(Path directory, Path home) throws IOException {
        var tomcat = unpacked("tomcat.zip", directory);
        var port = Build.freePort();
        var settings = tomcat.resolve("conf/server.xml");
        var text = Files.readString(settings);
        Files.writeString(
                settings,
                text.replace("<Server port=\"8005\"", "<Server port=\"-1\"")
                        .replace(
                                "<Connector port=\"8080\"",
                                "<Connector address=\"127.0.0.1\" port=\"%d\"".formatted(port)));
        var webapps = tomcat.resolve("webapps");
        // Its own ROOT would be served instead.
        Files.move(webapps.resolve("ROOT"), directory.resolve("stock-root"));
        Files.copy(Build.war(), webapps.resolve("ROOT.war"));
        return ServerProcess.start(
                List.of("sh", tomcat.resolve("bin/catalina.sh").toString(), "run"),
                Map.of(
                        "JAVA_HOME", System.getProperty("java.home"),
                        "CATALINA_OPTS", MEMORY,
                        "HEADRACE_HOME", home.toString()),
                home,
                "http://127.0.0.1:" + port);
    }

    /**
     * Starts Jetty on a free port, and waits until Headrace is ready.
     *
     * @param directory Jetty is unpacked below it
     * @param home of Headrace
     */
    public static ServerProcess jetty(Path directory, Path home) throws IOException {
        var start = unpacked("jetty-home.zip", directory).resolve("start.jar").toString();
        var port = Build.freePort();
        var base = "jetty.base=" + Files.createDirectories(directory.resolve("jetty-base"));
        run(
                List.of(
                        Build.java().toString(),
                        "-jar",
                        start,
                        base,
                        "--add-modules=" + JETTY_MODULES));
        Files.copy(Build.war(), directory.resolve("jetty-base/webapps/ROOT.war"));
        return ServerProcess.start(
                List.of(
                        Build.java().toString(),
                        MEMORY,
                        "-jar",
                        start,
                        base,
                        "jetty.http.host=127.0.0.1",
                        "jetty.http.port=" + port),
                Map.of("HEADRACE_HOME", home.toString()),
                home,
                "http://127.0.0.1:" + port);
    }

    /** Returns the one folder that is in the zip. */
    private static Path unpacked(String name, Path directory) throws IOException {
        var target = directory.toAbsolutePath().normalize();
        var top = target;
        try (var zip = new ZipFile(Build.container(name).toFile())) {
            for (var entry : zip.stream().toList()) {
                var file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException(name + " has an entry outside of it: " + entry.getName());
                }
                top = target.resolve(target.relativize(file).getName(0));
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    try (var in = zip.getInputStream(entry)) {
                        Files.copy(in, file);
                    }
                }
            }
        }
        return top;
    }

    private static void run(List<String> command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            var output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            process.destroyForcibly();
        }
    }
}
