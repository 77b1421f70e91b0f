package io.headrace.executor.process;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The variable by which a process can be told to belong to an execution, even when its parents are
 * gone and when another server looks.
 *
 * @param installation letters, digits and dashes
 * @param id letters, digits and dashes
 */
record Marker(String installation, String id) {

    static final String VARIABLE = "HEADRACE_EXECUTION";

    /** Where this server itself runs in an execution: the markers around it, comma-separated. */
    static final String OUTER = "HEADRACE_EXECUTION_OUTER";

    private static final byte[] INNER_KEY = bytes(VARIABLE + "=");
    private static final byte[] OUTER_KEY = bytes(OUTER + "=");

    /** Puts this marker into a command's environment, and keeps those around this server. */
    void putInto(Map<String, String> environment, Map<String, String> own) {
        environment.put(VARIABLE, text());
        var around = new ArrayList<String>();
        for (var name : List.of(VARIABLE, OUTER)) {
            var value = own.get(name);
            if (value != null && !value.isEmpty()) {
                around.add(value);
            }
        }
        if (!around.isEmpty()) {
            environment.put(OUTER, String.join(",", around));
        }
    }

    String text() {
        return installation + ":" + id;
    }

    /** Finds all markers in an environment as {@code /proc} shows it, NUL between variables. */
    static List<Marker> in(byte[] environ) {
        var found = new ArrayList<Marker>();
        var start = 0;
        for (var i = 0; i <= environ.length; i++) {
            if (i == environ.length || environ[i] == 0) {
                read(environ, start, i, found);
                start = i + 1;
            }
        }
        return found;
    }

    private static void read(byte[] environ, int start, int end, List<Marker> found) {
        for (var key : List.of(INNER_KEY, OUTER_KEY)) {
            if (startsWith(environ, start, end, key)) {
                var from = start + key.length;
                var value = new String(environ, from, end - from, StandardCharsets.UTF_8);
                for (var text : value.split(",", -1)) {
                    var marker = parse(text);
                    if (marker != null) {
                        found.add(marker);
                    }
                }
            }
        }
    }

    static @Nullable Marker parse(String text) {
        var colon = text.indexOf(':');
        return colon < 0 ? null : new Marker(text.substring(0, colon), text.substring(colon + 1));
    }

    private static boolean startsWith(byte[] bytes, int start, int end, byte[] key) {
        if (end - start < key.length) {
            return false;
        }
        for (var i = 0; i < key.length; i++) {
            if (bytes[start + i] != key[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
