package io.headrace.scm.git;

import io.headrace.api.ScmException;
import io.headrace.api.ScmException.Kind;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tells from what git printed what went wrong, in words that say what to do. */
final class Failures {

    private Failures() {}

    private static final List<String> NOT_ALLOWED =
            List.of(
                    "authentication failed",
                    "could not read username",
                    "could not read password",
                    "permission denied",
                    "returned error: 401",
                    "returned error: 403",
                    "access denied");

    private static final List<String> NO_REPOSITORY =
            List.of(
                    "does not appear to be a git repository",
                    "not a git repository",
                    "repository not found",
                    "project not found",
                    "does not exist");

    private static final Pattern REDIRECT = Pattern.compile("returned error: 30[1-8]");

    static ScmException of(GitAccess access, String stderr) {
        var text = stderr.toLowerCase(Locale.ROOT);
        var url = access.url().text();
        var last = access.clean(lastLine(stderr));
        if (text.contains("host key verification failed")) {
            return new ScmException(
                    Kind.NOT_ALLOWED,
                    "The SSH key of %s's host is not known, or has changed; check it, then add it to"
                                    .formatted(url)
                            + " the known hosts (ssh-keyscan HOST prints it): those of the project's"
                            + " credential, the file of the setting 'known-hosts', or"
                            + " ~/.ssh/known_hosts of the server's user");
        }
        if (REDIRECT.matcher(text).find()) {
            return new ScmException(
                    Kind.NOT_ALLOWED,
                    "%s redirects to another address, and a login is not sent along; give that address,"
                                    .formatted(url)
                            + " which is often the same with '.git' at its end (git: %s)"
                                    .formatted(last));
        }
        if (contains(text, NOT_ALLOWED)) {
            return new ScmException(
                    Kind.NOT_ALLOWED,
                    "%s refused the login; give the project a credential that may read it (git: %s)"
                            .formatted(url, last));
        }
        if (contains(text, NO_REPOSITORY)
                || (text.contains("repository '") && text.contains("not found"))) {
            return new ScmException(
                    Kind.NO_SUCH_REPOSITORY,
                    "There is no Git repository at %s, or it is hidden from this login; correct the"
                                    .formatted(url)
                            + " address or give a credential (git: %s)".formatted(last));
        }
        return new ScmException(
                Kind.UNREACHABLE,
                "%s could not be read; see whether the host answers, then try again (git: %s)"
                        .formatted(url, last));
    }

    private static boolean contains(String text, List<String> signs) {
        return signs.stream().anyMatch(text::contains);
    }

    /** The line that git itself means as the cause: its last "fatal" or "error", else the last. */
    private static String lastLine(String stderr) {
        var lines = stderr.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        return lines.reversed().stream()
                .filter(line -> line.startsWith("fatal:") || line.startsWith("error:"))
                .findFirst()
                .orElse(lines.isEmpty() ? "it said nothing" : lines.getLast())
                .replaceAll("\\p{Cntrl}", " ");
    }
}
