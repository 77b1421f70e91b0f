package io.headrace.engine.deadletter;

import io.headrace.engine.retry.Failure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Takes out of a reason what differs from job to job, such as numbers, ids and paths, so that equal
 * causes look equal.
 */
public final class Causes {

    /** Longer ones are cut: what comes later is detail. */
    private static final int LENGTH = 400;

    // Each reads a text once, from its beginning to its end.
    private static final Pattern URL =
            Pattern.compile("\\b(https?|ssh|git|unix)://[^\\s/'\"]*+\\S*+");
    private static final Pattern PATH =
            Pattern.compile("(?<![\\w/])/[\\w.+@:-]++(?:/[\\w.+@:-]*+)*+");
    private static final Pattern WORD = Pattern.compile("\\b[0-9A-Za-z]{7,}+\\b");
    private static final Pattern NUMBER = Pattern.compile("[0-9]++");
    private static final Pattern SPACE = Pattern.compile("\\s++");

    private Causes() {}

    /** Returns the cause in words. */
    public static String normal(String reason) {
        var text = reason.length() > 10 * LENGTH ? reason.substring(0, 10 * LENGTH) : reason;
        text = URL.matcher(text).replaceAll("$1://…");
        text = PATH.matcher(text).replaceAll("/…");
        // A long word with a digit in it is an id.
        text = WORD.matcher(text).replaceAll(word -> hasDigit(word.group()) ? "…" : word.group());
        text = NUMBER.matcher(text).replaceAll("#");
        text = SPACE.matcher(text).replaceAll(" ").strip();
        return text.length() <= LENGTH ? text : text.substring(0, LENGTH) + "…";
    }

    private static boolean hasDigit(String word) {
        return word.chars().anyMatch(letter -> letter >= '0' && letter <= '9');
    }

    /** Returns what stands for a cause: 16 hexadecimal digits. */
    public static String key(Failure failure, String normal) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(failure.name().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            var hash = digest.digest(normal.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
