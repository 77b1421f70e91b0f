package io.headrace.language;

import java.util.List;
import java.util.Map;

/** Events to plan for. */
final class Events {

    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    private Events() {}

    static PlanEvent push(String branch) {
        return new PlanEvent(
                "shop",
                PlanEvent.Type.PUSH,
                "refs/heads/" + branch,
                branch,
                null,
                COMMIT,
                Map.of());
    }

    static PlanEvent manual(String branch) {
        return manual(branch, Map.of());
    }

    static PlanEvent manual(String branch, Map<String, String> parameters) {
        return new PlanEvent(
                "shop",
                PlanEvent.Type.MANUAL,
                "refs/heads/" + branch,
                branch,
                null,
                COMMIT,
                parameters);
    }

    static PlanEvent tag(String tag) {
        return new PlanEvent(
                "shop", PlanEvent.Type.TAG, "refs/tags/" + tag, null, tag, COMMIT, Map.of());
    }

    static PlanEvent change(String... paths) {
        return new PlanEvent(
                "shop",
                PlanEvent.Type.PUSH,
                "refs/heads/main",
                "main",
                null,
                COMMIT,
                Map.of(),
                List.of(paths));
    }
}
