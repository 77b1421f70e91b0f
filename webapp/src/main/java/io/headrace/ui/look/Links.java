package io.headrace.ui.look;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Span;
import io.headrace.engine.project.Project;
import io.headrace.engine.run.RunId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Addresses of pages, relative to the base of the application. */
public final class Links {

    private Links() {}

    public static String project(String name) {
        return "projects/" + part(name);
    }

    public static String secrets(String project) {
        return project(project) + "/secrets";
    }

    public static String run(RunId id) {
        return "runs/" + id;
    }

    public static String runsOf(Project project) {
        return "runs?project=" + part(project.name());
    }

    /** Returns {@code text} as one part of a path or a query. */
    public static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Returns a link from a headline to what is above it. */
    public static Anchor up(String address, String text) {
        var link = new Anchor(address, text);
        link.addClassName("crumb");
        return link;
    }

    /** Returns what stands between two parts of a headline. */
    public static Span between() {
        var slash = new Span(" / ");
        slash.addClassName("muted");
        slash.getElement().setAttribute("aria-hidden", "true");
        return slash;
    }
}
