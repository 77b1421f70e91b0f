package io.headrace.language;

/** Patterns over names: {@code *} is anything but a slash, {@code **} anything, {@code ?} one. */
final class Globs {

    private Globs() {}

    /**
     * Matches in time proportional to both lengths, whatever the pattern. A character is a code
     * point: {@code ?} is one emoji, too.
     */
    static boolean matches(String glob, String name) {
        var pattern = glob.codePoints().toArray();
        var text = name.codePoints().toArray();
        // possible[i]: the glob up to its current place matches the first i characters of name.
        var possible = new boolean[text.length + 1];
        possible[0] = true;
        for (int g = 0; g < pattern.length; g++) {
            int c = pattern[g];
            boolean any = c == '*' && g + 1 < pattern.length && pattern[g + 1] == '*';
            if (any) {
                g++;
            }
            possible = c == '*' ? star(possible, text, any) : one(possible, text, c);
        }
        return possible[text.length];
    }

    private static boolean[] star(boolean[] possible, int[] text, boolean slashes) {
        var next = possible.clone();
        for (int i = 1; i < next.length; i++) {
            next[i] |= next[i - 1] && (slashes || text[i - 1] != '/');
        }
        return next;
    }

    private static boolean[] one(boolean[] possible, int[] text, int c) {
        var next = new boolean[possible.length];
        for (int i = 1; i < next.length; i++) {
            int actual = text[i - 1];
            next[i] = possible[i - 1] && (c == '?' ? actual != '/' : c == actual);
        }
        return next;
    }
}
