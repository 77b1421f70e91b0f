package io.headrace;

import java.util.ArrayList;
import java.util.List;

/** Options of the JVM that suit a server that mostly waits, where its user has given none alike. */
final class JvmOptions {

    /** An option, and what those look like by which a user decides about the same. */
    private static final String[][] DEFAULTS = {
        {"-XX:+UseSerialGC", "-XX:[+-]Use[A-Za-z0-9]+GC"},
        {"-XX:+UseCompactObjectHeaders", "-XX:[+-]UseCompactObjectHeaders"},
        {"-Xms32m", "-Xm[sn].+|-XX:(Initial|Min)(Heap|RAM).+|-XX:(Max)?NewSize.+"},
        // In the first thousands of runs the second compiler takes as much time as all else.
        {"-XX:TieredStopAtLevel=1", "-XX:.*(Tier|Compil).*|-Xint|-Xcomp"},
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
