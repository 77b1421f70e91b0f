package io.headrace;

import java.util.ArrayList;
import java.util.List;

/** Options of the JVM that suit a server that mostly waits, where its user has given none alike. */
final class JvmOptions {

    private static final String COMPILER = "-XX:.*(Tier|Compil).*|-Xint|-Xcomp";

    /** An option, and what those look like by which a user decides about the same. */
    private static final String[][] DEFAULTS = {
        {"-XX:+UseSerialGC", "-XX:[+-]Use[A-Za-z0-9]+GC"},
        {"-XX:+UseCompactObjectHeaders", "-XX:[+-]UseCompactObjectHeaders"},
        {"-Xms32m", "-Xm[sn].+|-XX:(Initial|Min)(Heap|RAM).+|-XX:(Max)?NewSize.+"},
        // Compiling to the last degree what runs a few thousand times costs more than it gains.
        {"-XX:Tier4InvocationThreshold=50000", COMPILER},
        {"-XX:Tier4MinInvocationThreshold=6000", COMPILER},
        {"-XX:Tier4CompileThreshold=150000", COMPILER},
        {"-XX:Tier4BackEdgeThreshold=400000", COMPILER},
    };

    private JvmOptions() {}

    /** Returns what to put before the options that the user gave. */
    static List<String> besides(List<String> given) {
        List<String> added = new ArrayList<String>();
        for (String[] one : DEFAULTS) {
            if (!contains(given, one[1])) {
                added.add(one[0]);
            }
        }
        return added;
    }

    private static boolean contains(List<String> options, String pattern) {
        for (String option : options) {
            if (option.matches(pattern)) {
                return true;
            }
        }
        return false;
    }
}
