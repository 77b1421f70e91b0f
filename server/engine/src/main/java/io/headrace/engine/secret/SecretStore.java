package io.headrace.engine.secret;

import io.headrace.engine.project.ProjectId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps secrets, encrypted by its callers. They are deleted with their project. */
public interface SecretStore {

    /** Lists by name. */
    List<Secret> list(ProjectId project);

    /** Returns the encrypted values by name. */
    Map<String, String> sealed(ProjectId project);

    /** Adds or replaces a secret; returns false, and changes nothing, if the project is gone. */
    boolean put(ProjectId project, Secret secret, String sealed);

    /** Returns whether it was there. */
    boolean delete(ProjectId project, String name);

    Optional<SealedLogin> login(ProjectId project);

    /** Adds or replaces the login; returns false, and changes nothing, if the project is gone. */
    boolean putLogin(ProjectId project, SealedLogin login);

    /** Returns whether it was there. */
    boolean deleteLogin(ProjectId project);

    /**
     * A login with its secret, encrypted.
     *
     * @param sealed the secret
     */
    record SealedLogin(SourceLogin login, String sealed) {}
}
