package io.headrace.language;

/** Priorities of jobs that don't say one (model §7). */
final class Priorities {

    private static final int MANUAL = 10;
    private static final int MAIN_BRANCH = 10;
    private static final int TAG = 5;
    private static final int OTHER = 1;

    private Priorities() {}

    static int of(PlanEvent event) {
        return switch (event.type()) {
            case MANUAL, API -> MANUAL;
            case TAG -> TAG;
            case PUSH, PULL_REQUEST, SCHEDULE, UPSTREAM -> {
                var branch = event.branch();
                boolean main =
                        event.type() != PlanEvent.Type.PULL_REQUEST
                                && ("main".equals(branch) || "master".equals(branch));
                yield main ? MAIN_BRANCH : OTHER;
            }
        };
    }
}
