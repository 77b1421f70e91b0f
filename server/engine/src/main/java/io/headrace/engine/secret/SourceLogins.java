package io.headrace.engine.secret;

import io.headrace.api.ScmException;
import io.headrace.api.ScmProvider.Credential;
import io.headrace.engine.Refused;
import io.headrace.engine.log.Masker;
import io.headrace.engine.plugin.SettingsCipher;
import io.headrace.engine.project.Project;
import io.headrace.engine.project.ProjectId;
import io.headrace.engine.secret.SourceLogin.Kind;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Logins at the projects' repositories. Any number of threads may use it.
 *
 * <p>A login goes to the address that it was given for and to no other: who may change a project
 * could else have it sent to a host of their own.
 */
public final class SourceLogins {

    /** What stands in logs and messages where the secret would be. */
    public static final String MASKED_AS = "credential";

    private static final int MAX_LENGTH = 16 << 10;
    private static final Pattern USER = Pattern.compile("[^\\s:@/\\p{Cntrl}]{1,200}");
    private static final Pattern HOSTS_LINE = Pattern.compile("(@\\S+ +)?\\S+ +\\S+ +\\S+.*");

    private final SecretStore store;
    private final SettingsCipher cipher;
    private final InstantSource clock;

    public SourceLogins(SecretStore store, SettingsCipher cipher, InstantSource clock) {
        this.store = store;
        this.cipher = cipher;
        this.clock = clock;
    }

    /**
     * A login as somebody gives it. Its text form hides the secret.
     *
     * @param user may be null
     * @param knownHosts lines as in OpenSSH's {@code known_hosts}; null or blank leaves the hosts'
     *     keys to the server
     */
    public record Given(
            Kind kind, @Nullable String user, String secret, @Nullable String knownHosts) {

        @Override
        public String toString() {
            return "Given[" + kind + ", " + user + "]";
        }
    }

    public Optional<SourceLogin> find(Project project) {
        return store.login(project.id()).map(SecretStore.SealedLogin::login);
    }

    /**
     * Sets the login for the project's present address.
     *
     * @param by name of the account that does it
     * @throws Refused if something is wrong with it; the message never holds the secret
     */
    public SourceLogin set(Project project, Given given, String by) {
        var url = project.source().url();
        var login =
                new SourceLogin(
                        given.kind(),
                        checkedUser(given.user()),
                        checkedHosts(given),
                        url,
                        clock.instant(),
                        by);
        var sealed =
                cipher.encrypt(
                        purpose(project.id(), url), checkedSecret(given.kind(), given.secret()));
        if (!store.putLogin(project.id(), new SecretStore.SealedLogin(login, sealed))) {
            throw Refused.notFound("The project '%s' was deleted".formatted(project.name()));
        }
        return login;
    }

    /**
     * Removes the login.
     *
     * @throws Refused if there is none
     */
    public void remove(Project project) {
        if (!store.deleteLogin(project.id())) {
            throw Refused.notFound(
                    "Project '%s' has no credential for its repository".formatted(project.name()));
        }
    }

    /**
     * Returns what to log in with; null where the project has no login.
     *
     * @throws ScmException if there is one that can't be used; the message says what to do
     */
    public @Nullable Credential credential(Project project) throws ScmException {
        var found = store.login(project.id());
        if (found.isEmpty()) {
            return null;
        }
        var login = found.get().login();
        if (!login.url().equals(project.source().url())) {
            throw new ScmException(
                    ScmException.Kind.NOT_ALLOWED,
                    "The address of project '%s' was changed after its credential was given, so it is not sent there; enter the credential again, or remove it"
                            .formatted(project.name()));
        }
        try {
            return new Credential(
                    login.user(), opened(project.id(), found.get()), login.knownHosts());
        } catch (IllegalArgumentException e) {
            throw new ScmException(
                    ScmException.Kind.NOT_ALLOWED,
                    "The credential of project '%s' can't be read: %s"
                            .formatted(project.name(), e.getMessage()),
                    e);
        }
    }

    /** Returns the secret, so that it can be masked; empty if there is none that can be read. */
    public Optional<String> secret(ProjectId project) {
        try {
            return store.login(project).map(login -> opened(project, login));
        } catch (IllegalArgumentException _) {
            // What can't be read is used by nobody; whoever needs it is told by credential().
            return Optional.empty();
        }
    }

    private String opened(ProjectId project, SecretStore.SealedLogin login) {
        return cipher.decrypt(purpose(project, login.login().url()), login.sealed());
    }

    private static String purpose(ProjectId project, String url) {
        return "source-login#" + project + "#" + url;
    }

    private static @Nullable String checkedUser(@Nullable String user) {
        if (user == null || user.isBlank()) {
            return null;
        }
        if (!USER.matcher(user.strip()).matches()) {
            throw Refused.invalid(
                    "'%s' can't be the user's name of a credential; leave out spaces, ':', '@' and '/'"
                            .formatted(user));
        }
        return user.strip();
    }

    private static String checkedSecret(Kind kind, String secret) {
        var text = secret.strip();
        if (text.length() < Masker.MIN_LENGTH || text.length() > MAX_LENGTH) {
            throw Refused.invalid(
                    "The secret of a credential has %d to %,d characters, and this one has %,d; correct it"
                            .formatted(Masker.MIN_LENGTH, MAX_LENGTH, text.length()));
        }
        if (kind == Kind.SSH_KEY) {
            PrivateKeys.check(text);
        } else if (text.chars().anyMatch(Character::isISOControl)) {
            throw Refused.invalid(
                    "A password is one line without control characters; for a private key choose the kind 'ssh-key'");
        }
        return text;
    }

    private static @Nullable String checkedHosts(Given given) {
        var hosts = given.knownHosts();
        if (hosts == null || hosts.isBlank()) {
            return null;
        }
        if (given.kind() != Kind.SSH_KEY) {
            throw Refused.invalid("Only SSH has known hosts; leave them out");
        }
        var text = hosts.strip().replace("\r\n", "\n");
        if (text.length() > MAX_LENGTH
                || text.indexOf('\0') >= 0
                || !text.lines()
                        .allMatch(line ->
                                line.isBlank()
                                        || line.startsWith("#")
                                        || HOSTS_LINE.matcher(line).matches())) {
            throw Refused.invalid(
                    "The known hosts are not lines such as 'github.com ssh-ed25519 AAAA…'; copy them from the output of ssh-keyscan, after comparing its keys with those that the host's owner publishes");
        }
        return text + "\n";
    }
}
