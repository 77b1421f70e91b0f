package io.headrace.executor.process;

import io.headrace.api.ExecutionException;
import io.headrace.api.ExecutionException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A pattern for paths relative to the workspace: {@code **} crosses directories, {@code *} and
 * {@code ?} do not, all else stands for itself. A pattern that ends in {@code /} means all below.
 *
 * @param base the leading directories without a wildcard; empty means the workspace
 * @param depth how many names below the base a match has at most
 * @param pattern for the whole relative path, with {@code /} between names
 */
record Glob(String base, int depth, Pattern pattern) {

    /**
     * @throws ExecutionException if it is absolute or has a {@code ..} segment
     */
    static Glob parse(String text) throws ExecutionException {
        var segments = new ArrayList<String>();
        for (var segment : (text.endsWith("/") ? text + "**" : text).split("/", -1)) {
            if (segment.equals("..")) {
                throw outside(text);
            }
            if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        if (text.startsWith("/")) {
            throw outside(text);
        }
        if (segments.isEmpty() || text.indexOf('\0') >= 0) {
            throw new ExecutionException(
                    Kind.INVALID,
                    "'%s' is no pattern; write one such as dist/*.jar".formatted(text));
        }
        var base = new ArrayList<String>();
        while (base.size() < segments.size() - 1 && isPlain(segments.get(base.size()))) {
            base.add(segments.get(base.size()));
        }
        var depth =
                segments.stream().anyMatch(segment -> segment.contains("**"))
                        ? Integer.MAX_VALUE
                        : segments.size() - base.size();
        return new Glob(String.join("/", base), depth, Pattern.compile(regex(segments)));
    }

    boolean matches(String path) {
        return pattern.matcher(path).matches();
    }

    private static boolean isPlain(String segment) {
        return segment.indexOf('*') < 0 && segment.indexOf('?') < 0;
    }

    private static String regex(List<String> segments) {
        var regex = new StringBuilder("(?s)");
        for (var i = 0; i < segments.size(); i++) {
            var segment = segments.get(i);
            var last = i == segments.size() - 1;
            if (segment.equals("**")) {
                regex.append(last ? ".*" : "(?:.*/)?");
            } else {
                regex.append(regex(segment)).append(last ? "" : "/");
            }
        }
        return regex.toString();
    }

    private static String regex(String segment) {
        var regex = new StringBuilder();
        for (var i = 0; i < segment.length(); i++) {
            var c = segment.charAt(i);
            if (c == '*' && i + 1 < segment.length() && segment.charAt(i + 1) == '*') {
                regex.append(".*");
                i++;
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }

    private static ExecutionException outside(String text) {
        return new ExecutionException(
                Kind.INVALID,
                "The pattern '%s' leaves the workspace; write it relative to the workspace, without"
                                .formatted(text)
                        + " '..'");
    }
}
