package io.headrace.engine.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Slows down those who guess. Failures are counted by account and address together, by address, and
 * by account; beyond a few, each makes the next try wait twice as long. The wait of an account that
 * is attacked from many addresses is short, so that nobody can lock its owner out.
 *
 * <p>Any number of threads may use it. It remembers the most recent 10,000 of each, for an hour.
 */
public final class LoginThrottle {

    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);
    private static final int REMEMBERED = 10_000;

    private final InstantSource clock;
    private final Counts both = new Counts(5, Duration.ofMinutes(15));
    private final Counts addresses = new Counts(20, Duration.ofMinutes(15));
    private final Counts accounts = new Counts(50, Duration.ofSeconds(10));

    public LoginThrottle(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Lets a try pass.
     *
     * @param account as it was given, whether or not it exists
     * @param address where the try comes from
     * @throws Throttled if it comes too early
     */
    void admit(String account, String address) {
        var now = clock.instant();
        var until =
                latest(
                        both.until(pair(account, address), now),
                        addresses.until(address, now),
                        accounts.until(key(account), now));
        if (until.isAfter(now)) {
            throw new Throttled(Duration.between(now, until));
        }
    }

    void failed(String account, String address) {
        var now = clock.instant();
        both.add(pair(account, address), now);
        addresses.add(address, now);
        accounts.add(key(account), now);
    }

    void succeeded(String account, String address) {
        both.forget(pair(account, address));
        accounts.forget(key(account));
    }

    /**
     * Lets somebody try a token or a key.
     *
     * @throws Throttled if too many from that address were wrong
     */
    public void admit(String address) {
        var now = clock.instant();
        var until = addresses.until(address, now);
        if (until.isAfter(now)) {
            throw new Throttled(Duration.between(now, until));
        }
    }

    /** Notes that a token or a key was wrong. */
    public void failed(String address) {
        addresses.add(address, clock.instant());
    }

    private static String key(String account) {
        return account.toLowerCase(Locale.ROOT);
    }

    private static String pair(String account, String address) {
        return address + ' ' + key(account);
    }

    private static Instant latest(Instant... instants) {
        var latest = Instant.MIN;
        for (var instant : instants) {
            latest = instant.isAfter(latest) ? instant : latest;
        }
        return latest;
    }

    private record Count(int failures, Instant last) {}

    private static final class Counts {

        private final int free;
        private final Duration longest;
        private final Map<String, Count> counts =
                new LinkedHashMap<>(16, 0.75f, true) {
                    @Override
                    protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
                        return size() > REMEMBERED;
                    }
                };

        Counts(int free, Duration longest) {
            this.free = free;
            this.longest = longest;
        }

        synchronized Instant until(String key, Instant now) {
            var count = counts.get(key);
            if (count == null || count.last().plus(FORGOTTEN_AFTER).isBefore(now)) {
                return Instant.MIN;
            }
            var beyond = count.failures() - free;
            return beyond < 0 ? Instant.MIN : count.last().plus(pause(beyond));
        }

        synchronized void add(String key, Instant now) {
            counts.merge(
                    key,
                    new Count(1, now),
                    (old, _) ->
                            old.last().plus(FORGOTTEN_AFTER).isBefore(now)
                                    ? new Count(1, now)
                                    : new Count(old.failures() + 1, now));
        }

        synchronized void forget(String key) {
            counts.remove(key);
        }

        private Duration pause(int beyond) {
            var seconds = Math.min(longest.toSeconds(), 1L << Math.min(beyond, 30));
            return Duration.ofSeconds(seconds);
        }
    }

    /** Too many wrong tries; wait. */
    public static final class Throttled extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final Duration pause;

        Throttled(Duration pause) {
            super(
                    "Too many wrong tries; wait %d seconds and try again"
                            .formatted(pause.plusMillis(999).toSeconds()));
            this.pause = pause;
        }

        /** Returns how long to wait. */
        public Duration pause() {
            return pause;
        }
    }
}
