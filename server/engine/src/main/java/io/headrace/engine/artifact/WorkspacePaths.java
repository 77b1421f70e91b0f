package io.headrace.engine.artifact;

import java.util.Arrays;

/** Tells paths that stay within a workspace from others. */
final class WorkspacePaths {

    private static final int LONGEST = 1024;

    private WorkspacePaths() {}

    /** Returns whether a pattern can only match what is within the workspace. */
    static boolean isPattern(String pattern) {
        return !pattern.startsWith("/")
                && Arrays.stream(pattern.split("/")).noneMatch(".."::equals);
    }

    /** Removes what {@code tar} may put before a name. */
    static String clean(String name) {
        var clean = name;
        while (clean.startsWith("./")) {
            clean = clean.substring(2);
        }
        return clean;
    }

    /** Returns whether {@code path} names a file within a workspace, on any system. */
    static boolean isFile(String path) {
        return path.length() <= LONGEST
                && path.indexOf('\\') < 0
                && path.chars().noneMatch(Character::isISOControl)
                && !path.endsWith("/")
                && Arrays.stream(path.split("/"))
                        .noneMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."));
    }
}
