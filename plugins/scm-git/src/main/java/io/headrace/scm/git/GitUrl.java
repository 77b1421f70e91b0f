package io.headrace.scm.git;

import io.headrace.api.ScmException;
import io.headrace.api.ScmException.Kind;
import io.headrace.api.ScmProvider.Credential;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A repository's address, in one of the forms that are allowed.
 *
 * @param text what git is given; never holds a password
 * @param transport how git gets there
 * @param credential a login that was part of the address, or null
 */
record GitUrl(String text, Transport transport, @Nullable Credential credential) {

    enum Transport {
        LOCAL,
        HTTP,
        SSH
    }

    private static final String HOST = "(?:[A-Za-z0-9_][A-Za-z0-9._-]*|\\[[0-9a-fA-F:.]+\\])";
    private static final String PORT = "(?::[0-9]{1,5})?";
    private static final String USER = "[A-Za-z0-9_][A-Za-z0-9._+-]*";

    private static final Pattern LOCAL = Pattern.compile("(?:file://)?/.*");
    private static final Pattern HTTP =
            Pattern.compile(
                    "(?<scheme>https?://)(?:(?<user>[^/@:]*)(?::(?<password>[^/@]*))?@)?(?<rest>"
                            + HOST
                            + PORT
                            + "/.*)",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern SSH =
            Pattern.compile("ssh://(?:" + USER + "@)?" + HOST + PORT + "/.*");
    private static final Pattern SCP =
            Pattern.compile("(?:" + USER + "@)?" + HOST + ":(?!/?/|:)[^-].*");

    static Optional<GitUrl> find(String text) {
        if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            return Optional.empty();
        }
        if (LOCAL.matcher(text).matches()) {
            return Optional.of(new GitUrl(text, Transport.LOCAL, null));
        }
        var http = HTTP.matcher(text);
        if (http.matches()) {
            var user = http.group("user");
            var password = http.group("password");
            return Optional.of(
                    new GitUrl(
                            http.group("scheme") + http.group("rest"),
                            Transport.HTTP,
                            credential(user, password)));
        }
        if (SSH.matcher(text).matches() || (!text.contains("//") && isScp(text))) {
            return Optional.of(new GitUrl(text, Transport.SSH, null));
        }
        return Optional.empty();
    }

    /**
     * @throws ScmException of kind INVALID_URL
     */
    static GitUrl parse(String text) throws ScmException {
        return find(text)
                .orElseThrow(() ->
                        new ScmException(
                                Kind.INVALID_URL,
                                "'%s' is not the address of a Git repository; give an"
                                                .formatted(withoutPassword(text))
                                        + " absolute path, or an address such as"
                                        + " https://host/path.git, ssh://git@host/path.git"
                                        + " or git@host:path.git"));
    }

    private static boolean isScp(String text) {
        return SCP.matcher(text).matches() && (text.contains("@") || text.contains("/"));
    }

    private static @Nullable Credential credential(
            @Nullable String user, @Nullable String password) {
        if (password != null) {
            return new Credential(decode(user), decode(password));
        }
        // A token alone, as in https://TOKEN@host/path.
        return user == null || user.isEmpty() ? null : new Credential(null, decode(user));
    }

    private static String decode(@Nullable String text) {
        try {
            var literal = (text == null ? "" : text).replace("+", "%2B");
            return URLDecoder.decode(literal, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text == null ? "" : text;
        }
    }

    static String withoutPassword(String text) {
        return text.replaceAll("//[^/@\\s]*@", "//");
    }
}
