package io.headrace.language;

/** Patterns over names: {@code *} is anything but a slash, {@code **} anything, {@code ?} one. */
final class Globs {

    private Globs() {}

    /** Matches in time proportional to both lengths, whatever the pattern. */
    static boolean matches(String glob, String name) {
        // possible[i]: the glob up to its current place matches the first i characters of name.
        var possible = new boolean[name.length() + 1];
        possible[0] = true;
        for (int g = 0; g < glob.length(); g++) {
            char c = glob.charAt(g);
            boolean any = c == '*' && g + 1 < glob.length() && glob.charAt(g + 1) == '*';
            if (any) {
                g++;
            }
            possible = c == '*' ? star(possible, name, any) : one(possible, name, c);
        }
        return possible[name.length()];
    }

    private static boolean[] star(boolean[] possible, String name, boolean slashes) {
        var next = possible.clone();
        for (int i = 1; i < next.length; i++) {
            next[i] |= next[i - 1] && (slashes || name.charAt(i - 1) != '/');
        }
        return next;
    }

    private static boolean[] one(boolean[] possible, String name, char c) {
        var next = new boolean[possible.length];
        for (int i = 1; i < next.length; i++) {
            char actual = name.charAt(i - 1);
            next[i] = possible[i - 1] && (c == '?' ? actual != '/' : c == actual);
        }
        return next;
    }
}
