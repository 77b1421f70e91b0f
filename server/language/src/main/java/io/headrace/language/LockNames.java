package io.headrace.language;

/** Gives locks and groups their names, in which values of the run may stand. */
final class LockNames {

    private static final int LONGEST = 200;

    private LockNames() {}

    /**
     * Returns the name that {@code written} becomes.
     *
     * @param key under which it stands, such as {@code group}
     */
    static String render(String key, Text written, RunFacts known, Report report) {
        var name = JobPlanner.render(written, known, report).strip();
        if (report.problems().haveErrors()) {
            return name;
        }
        var flaw = flaw(name);
        if (!flaw.isEmpty()) {
            report.error(
                    ProblemCode.BAD_NAME,
                    written.mark(),
                    "the name of a %s, '%s', becomes '%s', which %s"
                            .formatted(
                                    key, Values.shown(written.value()), Values.shown(name), flaw),
                    "write a name of 1 to %d characters, in one line".formatted(LONGEST));
        }
        return name;
    }

    private static String flaw(String name) {
        if (name.isEmpty()) {
            return "is empty";
        }
        if (name.length() > LONGEST) {
            return "is too long";
        }
        return name.chars().anyMatch(Character::isISOControl) ? "has a control character" : "";
    }
}
