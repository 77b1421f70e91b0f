package io.headrace.web.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** Names files for {@code Content-Disposition} (RFC 6266), so that they are saved, not shown. */
final class Attachment {

    private Attachment() {}

    /** Returns the header's value for the last name of {@code path}. */
    static String named(String path) {
        var name = path.substring(path.lastIndexOf('/') + 1);
        var plain = name.replaceAll("[^A-Za-z0-9._-]", "_");
        var full = URLEncoder.encode(name, UTF_8).replace("+", "%20").replace("*", "%2A");
        return "attachment; filename=\"%s\"; filename*=UTF-8''%s".formatted(plain, full);
    }
}
