package io.headrace.web.project;

import java.util.regex.Pattern;

/** Shows addresses without the password that somebody may have put into one. */
final class SafeUrl {

    private static final Pattern PASSWORD =
            Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*://[^/@:]*):[^/@]*@");

    private SafeUrl() {}

    static String of(String url) {
        return PASSWORD.matcher(url).replaceFirst("$1:…@");
    }
}
