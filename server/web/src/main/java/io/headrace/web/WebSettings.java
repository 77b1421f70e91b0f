package io.headrace.web;

import java.time.Duration;

/**
 * How the server shows itself.
 *
 * @param trustProxy {@code web.trust-proxy}: whether {@code X-Forwarded-For}, {@code -Proto} and
 *     {@code -Host} are believed, which only a proxy in front that sets all three makes safe
 * @param publicBadges {@code web.public-badges}: whether badges are shown to everybody
 * @param sessionLength {@code web.session-length}: how long a browser may be silent before its
 *     session ends, 1 minute to 30 days
 * @param heartbeat how long a stream of events may stay silent, above zero
 */
public record WebSettings(
        boolean trustProxy, boolean publicBadges, Duration sessionLength, Duration heartbeat) {

    /** Shorter than the patience of the usual proxies, which is 30 to 60 seconds. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** No proxy, public badges, sessions of 12 hours. */
    public static final WebSettings DEFAULT = new WebSettings(false, true, Duration.ofHours(12));

    /** Likewise, with a sign of life after 15 seconds of silence. */
    public WebSettings(boolean trustProxy, boolean publicBadges, Duration sessionLength) {
        this(trustProxy, publicBadges, sessionLength, HEARTBEAT);
    }

    public WebSettings {
        if (!heartbeat.isPositive()) {
            throw new IllegalArgumentException("A heartbeat of %s is none".formatted(heartbeat));
        }
        if (sessionLength.toMinutes() < 1 || sessionLength.toDays() > 30) {
            throw new IllegalArgumentException(
                    "'web.session-length' is %s; use 1 minute to 30 days".formatted(sessionLength));
        }
    }
}
