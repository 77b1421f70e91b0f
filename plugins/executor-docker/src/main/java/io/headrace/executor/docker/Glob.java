package io.headrace.executor.docker;

import io.headrace.api.ExecutionException;
import io.headrace.api.ExecutionException.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;

/**
 * A pattern for paths relative to the workspace. {@code *} and {@code ?} stay within a directory,
 * {@code **} does not; before a slash it also stands for no directory at all. A pattern that ends
 * with a slash means everything below.
 *
 * <p>All possible matches are followed at once, so that no pattern takes longer than its length
 * times that of the path: patterns come from whoever may write a pipeline.
 */
final class Glob {

    /** Stand for wildcards among the pattern's own characters; no path contains them. */
    private static final char ONE = '\uE000';

    private static final char STAR = '\uE001';
    private static final char ANYTHING = '\uE002';

    /** Nothing, or whatever ends with a slash. */
    private static final char DIRECTORIES = '\uE003';

    private final char[] tokens;

    private Glob(char[] tokens) {
        this.tokens = tokens;
    }

    /**
     * @throws ExecutionException if the pattern could match outside of the workspace
     */
    static Glob of(String pattern) throws ExecutionException {
        var parts = new ArrayList<>(Arrays.asList(pattern.split("/")));
        if (pattern.startsWith("/") || parts.contains("..")) {
            throw new ExecutionException(
                    Kind.INVALID,
                    "The pattern '%s' leaves the workspace; write it relative to the workspace and without '..'"
                            .formatted(pattern));
        }
        parts.removeIf(part -> part.isEmpty() || part.equals("."));
        if (parts.isEmpty()) {
            throw new ExecutionException(
                    Kind.INVALID,
                    "'%s' is not a pattern; write one such as dist/*.jar".formatted(pattern));
        }
        if (pattern.endsWith("/")) {
            parts.add("**");
        }
        return new Glob(
                String.join("/", parts)
                        .replace("**/", String.valueOf(DIRECTORIES))
                        .replace("**", String.valueOf(ANYTHING))
                        .replace('*', STAR)
                        .replace('?', ONE)
                        .toCharArray());
    }

    /** Returns the name in the workspace below which all matches are; empty if it may be any. */
    String top() {
        var top = new StringBuilder();
        for (var token : tokens) {
            if (token == '/') {
                return top.toString();
            }
            if (token >= ONE && token <= DIRECTORIES) {
                return "";
            }
            top.append(token);
        }
        return top.toString();
    }

    boolean matches(String path) {
        var states = new BitSet();
        reach(states, 0);
        for (var i = 0; i < path.length() && !states.isEmpty(); i++) {
            states = advance(states, path.charAt(i));
        }
        return states.get(tokens.length);
    }

    /** A state is the number of tokens that are done; a token that repeats keeps its state. */
    private BitSet advance(BitSet states, char c) {
        var next = new BitSet();
        for (var at = states.nextSetBit(0); at >= 0; at = states.nextSetBit(at + 1)) {
            if (at == tokens.length) {
                continue;
            }
            switch (tokens[at]) {
                case ONE -> {
                    if (c != '/') {
                        reach(next, at + 1);
                    }
                }
                case STAR -> {
                    if (c != '/') {
                        reach(next, at);
                    }
                }
                case ANYTHING -> reach(next, at);
                case DIRECTORIES -> {
                    next.set(at);
                    if (c == '/') {
                        reach(next, at + 1);
                    }
                }
                default -> {
                    if (c == tokens[at]) {
                        reach(next, at + 1);
                    }
                }
            }
        }
        return next;
    }

    /** Adds a state, and those that follow without another character. */
    private void reach(BitSet states, int at) {
        states.set(at);
        if (at < tokens.length && tokens[at] >= STAR && tokens[at] <= DIRECTORIES) {
            reach(states, at + 1);
        }
    }
}
