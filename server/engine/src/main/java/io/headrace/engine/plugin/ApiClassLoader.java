package io.headrace.engine.plugin;

import java.util.List;

/**
 * The window through which a plugin sees the server: the JDK's platform classes and the packages
 * named here, and none of the server's resources.
 */
final class ApiClassLoader extends ClassLoader {

    /** What every plugin sees. A copy of these inside of a plugin is never used. */
    private static final List<String> API =
            List.of("io.headrace.api.", "org.pf4j.", "org.slf4j.", "org.jspecify.");

    /** What a plugin with pages sees as well. */
    private static final List<String> UI =
            List.of(
                    "com.vaadin.",
                    "jakarta.annotation.",
                    "jakarta.enterprise.",
                    "jakarta.inject.",
                    "jakarta.servlet.");

    /** Types in signatures of Vaadin; a plugin may still bring its own. */
    private static final List<String> UI_SIGNATURES = List.of("tools.jackson.");

    private final ClassLoader host;
    private final boolean ui;

    ApiClassLoader(ClassLoader host, boolean ui) {
        super("headrace-api", ClassLoader.getPlatformClassLoader());
        this.host = host;
        this.ui = ui;
    }

    /** Returns whether {@code className} must come from the server, not from the plugin. */
    boolean owns(String className) {
        return startsWith(API, className) || (ui && startsWith(UI, className));
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (owns(name) || (ui && startsWith(UI_SIGNATURES, name))) {
            return host.loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }

    private static boolean startsWith(List<String> prefixes, String name) {
        return prefixes.stream().anyMatch(name::startsWith);
    }
}
