package io.headrace.language;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells which events start runs of a pipeline. */
public final class Triggers {

    private Triggers() {}

    /**
     * Tells whether {@code event} starts a run. What a person or a program starts always does; a
     * pipeline without {@code on} runs for every event.
     */
    public static boolean matches(Pipeline pipeline, PlanEvent event) {
        return switch (event.type()) {
            case MANUAL, API -> true;
            case PUSH, PULL_REQUEST, TAG, SCHEDULE, UPSTREAM ->
                    pipeline.triggers().isEmpty()
                            || pipeline.triggers().stream().anyMatch(t -> matches(t, event));
        };
    }

    /**
     * Returns why nothing has to run although the event starts a run: no changed file matches the
     * {@code paths} of any of its triggers. Null if something has to.
     */
    static @Nullable String skip(Pipeline pipeline, PlanEvent event) {
        var changed = event.changedPaths();
        var triggers = pipeline.triggers().stream().filter(each -> matches(each, event)).toList();
        if (changed == null || triggers.isEmpty()) {
            return null;
        }
        var globs = new ArrayList<String>();
        for (var trigger : triggers) {
            if (trigger.paths().isEmpty()
                    || changed.stream().anyMatch(path -> passes(trigger.paths(), path))) {
                return null;
            }
            globs.addAll(trigger.paths());
        }
        return "no changed file matches " + String.join(", ", globs);
    }

    private static boolean matches(Trigger trigger, PlanEvent event) {
        return trigger.event() == event.type()
                && passes(trigger.branches(), event.branch())
                && passes(trigger.tags(), event.tag());
    }

    private static boolean passes(List<String> globs, @Nullable String name) {
        if (globs.isEmpty()) {
            return true;
        }
        if (name == null) {
            return false;
        }
        // The last one that matches decides; if the first excludes, all else is in.
        boolean in = globs.getFirst().startsWith("!");
        for (var glob : globs) {
            boolean excludes = glob.startsWith("!");
            if (Globs.matches(excludes ? glob.substring(1) : glob, name)) {
                in = !excludes;
            }
        }
        return in;
    }
}
