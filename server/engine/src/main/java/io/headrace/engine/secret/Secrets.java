package io.headrace.engine.secret;

import io.headrace.engine.Refused;
import io.headrace.engine.log.Masker;
import io.headrace.engine.plugin.SettingsCipher;
import io.headrace.engine.project.Project;
import io.headrace.engine.project.ProjectId;
import io.headrace.language.SecretNames;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The secrets of projects, for their jobs. Any number of threads may use it. */
public final class Secrets {

    /** Bytes (UTF-8) that a value has at most; an environment variable takes twice as many. */
    public static final int MAX_BYTES = 64 << 10;

    /** Secrets that a project has at most. */
    public static final int MAX_COUNT = 100;

    private final SecretStore store;
    private final SettingsCipher cipher;
    private final InstantSource clock;

    public Secrets(SecretStore store, SettingsCipher cipher, InstantSource clock) {
        this.store = store;
        this.cipher = cipher;
        this.clock = clock;
    }

    /** Lists by name. */
    public List<Secret> list(Project project) {
        return store.list(project.id());
    }

    /**
     * Adds a secret, or replaces its value.
     *
     * @param by name of the account that does it
     * @throws Refused if name or value can't be used; its message never holds the value
     */
    public Secret put(Project project, String name, String value, String by) {
        var flaw = SecretNames.flaw(name);
        if (flaw != null) {
            throw Refused.invalid("'%s' is no name for a secret; %s".formatted(name, flaw));
        }
        check(value);
        var known = store.list(project.id());
        if (known.size() >= MAX_COUNT && known.stream().noneMatch(old -> old.name().equals(name))) {
            throw new Refused(
                    Refused.Why.CONFLICT,
                    "Project '%s' has %d secrets, and no more are allowed; remove one first"
                            .formatted(project.name(), known.size()));
        }
        var secret = new Secret(name, clock.instant(), by);
        if (!store.put(project.id(), secret, cipher.encrypt(purpose(project.id(), name), value))) {
            throw Refused.notFound("The project '%s' was deleted".formatted(project.name()));
        }
        return secret;
    }

    private static void check(String value) {
        if (value.strip().codePointCount(0, value.strip().length()) < Masker.MIN_LENGTH) {
            throw Refused.invalid(
                    "A secret needs at least %d characters, since shorter ones can't be hidden in logs; use a longer one"
                            .formatted(Masker.MIN_LENGTH));
        }
        if (value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw Refused.invalid(
                    "A secret has at most %d KiB; keep larger ones elsewhere, and here the key to them"
                            .formatted(MAX_BYTES >> 10));
        }
        if (value.indexOf('\0') >= 0) {
            throw Refused.invalid(
                    "A secret can't have NUL characters, as no environment variable can; encode it, for instance in base64");
        }
    }

    /**
     * Removes a secret.
     *
     * @throws Refused if there is none of this name
     */
    public void remove(Project project, String name) {
        if (!store.delete(project.id(), name)) {
            throw Refused.notFound(
                    "Project '%s' has no secret '%s'".formatted(project.name(), name));
        }
    }

    /**
     * Returns the values of secrets, for an attempt.
     *
     * @param name of the project
     * @param users the variable or input that each is for, by the secret's name
     * @throws Refused if one is missing, or can't be decrypted; the message says what to do
     */
    public Map<String, String> values(ProjectId project, String name, Map<String, String> users) {
        if (users.isEmpty()) {
            return Map.of();
        }
        var sealed = store.sealed(project);
        var missing = users.keySet().stream().filter(each -> !sealed.containsKey(each)).toList();
        if (!missing.isEmpty()) {
            throw Refused.notFound(missing(name, missing, users));
        }
        var values = new LinkedHashMap<String, String>();
        for (var secret : users.keySet()) {
            try {
                values.put(
                        secret,
                        cipher.decrypt(purpose(project, secret), sealed.getOrDefault(secret, "")));
            } catch (IllegalArgumentException e) {
                throw new Refused(
                        Refused.Why.UNAVAILABLE,
                        "the secret '%s' can't be read: %s".formatted(secret, e.getMessage()),
                        e);
            }
        }
        return values;
    }

    private static String missing(String project, List<String> names, Map<String, String> users) {
        return names.stream()
                .map(name ->
                        "project '%s' has no secret '%s'%s; add it on the project's page, or by 'headrace secret set %s %s'"
                                .formatted(
                                        project,
                                        name,
                                        name.equals(users.get(name))
                                                ? ""
                                                : " for '%s'".formatted(users.get(name)),
                                        project,
                                        name))
                .collect(Collectors.joining("; "));
    }

    /** A value that was copied to another project or name can't be decrypted there. */
    private static String purpose(ProjectId project, String name) {
        return "secret#" + project + "#" + name;
    }
}
