package io.headrace.web.http;

/** A request's body is larger than this route takes. */
public final class TooLarge extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooLarge(long limit) {
        super(
                "The request's body is larger than the %d KiB that are taken here"
                        .formatted(limit / 1024));
    }
}
