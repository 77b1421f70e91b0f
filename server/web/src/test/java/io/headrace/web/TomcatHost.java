package io.headrace.web;

import java.nio.file.Path;
import java.util.Set;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/** Tomcat on a port of its own. */
final class TomcatHost implements AutoCloseable {

    private final Tomcat tomcat = new Tomcat();

    TomcatHost(Path directory, Services services, WebSettings settings) throws LifecycleException {
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        var context = tomcat.addContext("/ci", null);
        context.addServletContainerInitializer(
                (_, servlets) -> WebModule.install(servlets, services, settings), Set.of());
        tomcat.start();
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }
}
