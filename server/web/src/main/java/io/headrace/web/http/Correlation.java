package io.headrace.web.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The id that a request has in answers and in the server's log. */
public final class Correlation {

    /** Header in which callers may give an id, and in which each answer has it. */
    public static final String HEADER = "X-Correlation-ID";

    private static final String ATTRIBUTE = Correlation.class.getName();
    private static final Pattern FIT = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private Correlation() {}

    /** Takes the caller's id if it is fit to be logged, else makes one. */
    public static String begin(HttpServletRequest request) {
        var given = request.getHeader(HEADER);
        var id =
                given != null && FIT.matcher(given).matches()
                        ? given
                        : UUID.randomUUID().toString();
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }

    /** Returns the id that {@link #begin} found. */
    public static String of(@Nullable HttpServletRequest request) {
        return request != null && request.getAttribute(ATTRIBUTE) instanceof String id ? id : "";
    }
}
