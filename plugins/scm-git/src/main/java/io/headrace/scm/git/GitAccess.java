package io.headrace.scm.git;

import io.headrace.api.ScmException;
import io.headrace.api.ScmException.Kind;
import io.headrace.api.ScmProvider.Credential;
import io.headrace.api.ScmProvider.Source;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to log in at one repository. The secret travels in git's environment, or for SSH in a file
 * that only the server's user can read and that is gone after {@link #close}; never in arguments.
 */
final class GitAccess implements AutoCloseable {

    private final GitUrl url;
    private final @Nullable Credential credential;
    private final Map<String, String> environment = new HashMap<>();
    private final List<Path> files = new ArrayList<>();

    private GitAccess(GitUrl url, @Nullable Credential credential) {
        this.url = url;
        this.credential = credential;
    }

    /**
     * @param directory for a key file, readable by the server's user alone
     * @param knownHosts the file with the keys of hosts; null means that of the server's user
     */
    static GitAccess open(Source source, Path directory, @Nullable String knownHosts)
            throws ScmException {
        var url = GitUrl.parse(source.url());
        var access =
                new GitAccess(
                        url, source.credential() == null ? url.credential() : source.credential());
        switch (url.transport()) {
            case LOCAL -> {}
            case HTTP -> access.useHeader();
            case SSH -> access.openSsh(directory, knownHosts);
        }
        return access;
    }

    GitUrl url() {
        return url;
    }

    Map<String, String> environment() {
        return environment;
    }

    /** Returns what tells this login and address from all others, without telling them. */
    String fingerprint() {
        return Repositories.hash(
                url.text()
                        + (credential == null
                                ? ""
                                : "\0" + credential.user() + "\0" + credential.secret()));
    }

    /** Returns {@code text} without the secret, in any of the forms that git may print. */
    String clean(String text) {
        var clean = GitUrl.withoutPassword(text);
        if (credential != null && !credential.secret().isBlank()) {
            for (var form :
                    List.of(
                            credential.secret(),
                            URLEncoder.encode(credential.secret(), StandardCharsets.UTF_8),
                            basic(credential))) {
                clean = clean.replace(form, "***");
            }
        }
        return clean;
    }

    /**
     * Only for this host. After a redirect git would send the header to whatever host that names,
     * so none is followed.
     */
    private void useHeader() {
        if (credential == null) {
            return;
        }
        var uri = URI.create(url.text().replaceAll("(https?://[^/]*/).*", "$1"));
        environment.put("GIT_CONFIG_COUNT", "2");
        environment.put("GIT_CONFIG_KEY_0", "http." + uri + ".extraHeader");
        environment.put("GIT_CONFIG_VALUE_0", "Authorization: Basic " + basic(credential));
        environment.put("GIT_CONFIG_KEY_1", "http.followRedirects");
        environment.put("GIT_CONFIG_VALUE_1", "false");
    }

    private static String basic(Credential credential) {
        // Hosts that take a token want some user, and don't look at it.
        var user = credential.user() == null ? "x-access-token" : credential.user();
        return Base64.getEncoder()
                .encodeToString(
                        (user + ":" + credential.secret()).getBytes(StandardCharsets.UTF_8));
    }

    private void openSsh(Path directory, @Nullable String knownHosts) throws ScmException {
        try {
            useSsh(directory, knownHosts);
        } catch (ScmException e) {
            close();
            throw e;
        }
    }

    private void useSsh(Path directory, @Nullable String ofServer) throws ScmException {
        var knownHosts = ofServer;
        if (credential != null && credential.knownHosts() != null) {
            knownHosts = write(directory, credential.knownHosts()).toString();
        }
        var command =
                new StringBuilder(
                        "ssh -o BatchMode=yes -o StrictHostKeyChecking=yes -o ConnectTimeout=30");
        if (knownHosts != null) {
            command.append(" -o ").append(quoted("UserKnownHostsFile=\"" + knownHosts + "\""));
            command.append(" -o GlobalKnownHostsFile=/dev/null");
        }
        if (credential != null) {
            var key = writeKey(directory, credential.secret());
            command.append(" -o IdentitiesOnly=yes -o IdentityAgent=none -i ")
                    .append(quoted(key.toString()));
            if (credential.user() != null && !url.text().contains("@")) {
                command.append(" -o User=").append(user(credential.user()));
            }
        }
        environment.put("GIT_SSH_COMMAND", command.toString());
        environment.put("GIT_SSH_VARIANT", "ssh");
    }

    private static String user(String user) throws ScmException {
        if (!user.matches("[A-Za-z0-9_][A-Za-z0-9._+-]*")) {
            throw new ScmException(
                    Kind.NOT_ALLOWED,
                    "'%s' can't be a user's name for SSH; correct the credential".formatted(user));
        }
        return user;
    }

    private Path writeKey(Path directory, String key) throws ScmException {
        if (!key.startsWith("-----BEGIN ")) {
            throw new ScmException(
                    Kind.NOT_ALLOWED,
                    "SSH needs a private key as the secret (it begins with -----BEGIN); give one, or"
                            + " use the https address with a token");
        }
        return write(directory, key);
    }

    /** For the server's user alone. */
    private Path write(Path directory, String text) throws ScmException {
        try {
            var file =
                    Files.createTempFile(
                            directory,
                            "ssh",
                            "",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            files.add(file);
            // OpenSSH takes no key whose last line has no end.
            Files.writeString(file, text.strip().replace("\r\n", "\n") + "\n");
            return file;
        } catch (IOException e) {
            throw new ScmException(
                    Kind.UNREACHABLE, "A file for ssh can't be written: " + e.getMessage(), e);
        }
    }

    /** For the shell, which is how git runs {@code GIT_SSH_COMMAND}. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** Deletes what holds a secret; one file that can't be deleted keeps no other. */
    @Override
    public void close() throws ScmException {
        ScmException failure = null;
        for (var file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                failure =
                        new ScmException(
                                Kind.UNREACHABLE,
                                "The key file %s could not be deleted; delete it".formatted(file),
                                e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
