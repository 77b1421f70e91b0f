package io.headrace.web.run;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of something that a {@code Range} header asks for.
 *
 * @param length 0 if the part lies beyond the end
 */
record ByteRange(long offset, long length) {

    private static final Pattern ONE = Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

    /** Returns the range; empty if all is asked for, or several parts, which we need not honour. */
    static Optional<ByteRange> of(@Nullable String header, long size) {
        var matcher = ONE.matcher(header == null ? "" : header);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var first = matcher.group(1);
        var last = matcher.group(2);
        if (first.isEmpty()) {
            if (last.isEmpty()) {
                return Optional.empty();
            }
            var length = Math.min(size, Long.parseLong(last));
            return Optional.of(new ByteRange(size - length, length));
        }
        var from = Long.parseLong(first);
        var to = last.isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(last));
        if (!last.isEmpty() && Long.parseLong(last) < from) {
            return Optional.empty();
        }
        return Optional.of(new ByteRange(from, Math.max(0, to - from + 1)));
    }

    String header(long size) {
        return "bytes %d-%d/%d".formatted(offset, offset + length - 1, size);
    }
}
