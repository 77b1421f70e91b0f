package io.headrace.engine;

import java.time.Instant;
import java.time.InstantSource;

/**
 * Makes ids that are unique in an installation and sort by the time of their making: 41 bits of
 * milliseconds since 2025, 10 bits of the controller's number, 12 bits of a counter. Written as 13
 * digits of Crockford's base 32 (https://www.crockford.com/base32.html), in lower case.
 *
 * <p>Any number of threads may use it. More than 4,096 ids a millisecond borrow from the next one;
 * so does a clock that jumps back.
 */
public final class TimeId {

    private static final long EPOCH_MILLIS = 1_735_689_600_000L;
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 13;

    private final InstantSource clock;
    private final long controller;
    private long last;

    /**
     * @param controller the number of this controller, 0 to 1023; no two live ones share it
     */
    public TimeId(InstantSource clock, int controller) {
        if (controller < 0 || controller > 1023) {
            throw new IllegalArgumentException("Controllers are numbered 0 to 1023: " + controller);
        }
        this.clock = clock;
        this.controller = controller;
    }

    /** Returns an id that is larger than all that this instance returned before. */
    public synchronized long next() {
        var tick = (clock.millis() - EPOCH_MILLIS) << 12;
        last = Math.max(tick, last + 1);
        var millis = last >>> 12;
        return (millis << 22) | (controller << 12) | (last & 0xfff);
    }

    /** Returns when {@code id} was made, to the millisecond. */
    public static Instant madeAt(long id) {
        return Instant.ofEpochMilli(EPOCH_MILLIS + (id >>> 22));
    }

    /** Returns the text form of {@code id}: 13 characters. */
    public static String text(long id) {
        var text = new char[LENGTH];
        var rest = id;
        for (var i = LENGTH - 1; i >= 0; i--) {
            text[i] = DIGITS.charAt((int) (rest & 31));
            rest >>>= 5;
        }
        return new String(text);
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException if it is not such a text
     */
    public static long parse(String text) {
        if (text.length() != LENGTH) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not an id: those have 13 characters");
        }
        var id = 0L;
        for (var i = 0; i < LENGTH; i++) {
            var digit = DIGITS.indexOf(text.charAt(i));
            if (digit < 0 || (i == 0 && digit > 7)) {
                throw new IllegalArgumentException("'" + text + "' is not an id");
            }
            id = (id << 5) | digit;
        }
        return id;
    }
}
