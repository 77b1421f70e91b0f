package io.headrace.language;

import io.headrace.language.expression.Value;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of environment variables. */
public final class Variables {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,254}");

    /** Set for every job by whoever runs it (conflicts B1). */
    private static final Set<String> RUN_CONTEXT =
            Set.of("CI", "JOB_ID", "BUILD_NUMBER", "GIT_COMMIT_SHA", "BRANCH_NAME", "WORKSPACE");

    /** Commands break where an axis of this name replaces them. */
    private static final Set<String> OF_THE_SYSTEM =
            Set.of("PATH", "HOME", "SHELL", "USER", "LOGNAME", "PWD", "IFS", "TMPDIR", "LANG");

    private Variables() {}

    /** Tells whether a variable gets its value only where the job runs. */
    static boolean isOfTheJob(String name) {
        return isReserved(name) || OF_THE_SYSTEM.contains(name);
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    static boolean isReserved(String name) {
        return RUN_CONTEXT.contains(name) || name.startsWith("HEADRACE_");
    }

    /** Tells whether a matrix may set a variable of this name without being asked. */
    public static boolean mayShadow(String name) {
        return !isReserved(name) && !OF_THE_SYSTEM.contains(name) && !name.startsWith("LD_");
    }

    /** Returns the parameters that are variables too, unless something else sets these. */
    static Map<String, String> ofParameters(Map<String, Value> parameters) {
        var variables = new LinkedHashMap<String, String>();
        parameters.forEach((name, value) -> {
            if (isName(name) && mayShadow(name)) {
                variables.put(name, value.text());
            }
        });
        return variables;
    }

    /** Returns the name in upper case, with underscores for what a variable can't have. */
    public static String upper(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]", "_");
    }

    /** Returns the variable that holds a parameter. */
    public static String ofParameter(String name) {
        return "HEADRACE_PARAM_" + upper(name);
    }
}
