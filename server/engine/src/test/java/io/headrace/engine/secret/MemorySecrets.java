package io.headrace.engine.secret;

import io.headrace.engine.project.ProjectId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps secrets in memory. */
public final class MemorySecrets implements SecretStore {

    final Map<ProjectId, Map<String, String>> sealed = new HashMap<>();
    final Map<ProjectId, SealedLogin> logins = new HashMap<>();
    private final Map<ProjectId, Map<String, Secret>> secrets = new HashMap<>();

    @Override
    public List<Secret> list(ProjectId project) {
        return List.copyOf(secrets.getOrDefault(project, Map.of()).values());
    }

    @Override
    public Map<String, String> sealed(ProjectId project) {
        return sealed.getOrDefault(project, Map.of());
    }

    @Override
    public boolean put(ProjectId project, Secret secret, String text) {
        secrets.computeIfAbsent(project, _ -> new TreeMap<>()).put(secret.name(), secret);
        sealed.computeIfAbsent(project, _ -> new TreeMap<>()).put(secret.name(), text);
        return true;
    }

    @Override
    public boolean delete(ProjectId project, String name) {
        secrets.getOrDefault(project, new HashMap<>()).remove(name);
        return sealed.getOrDefault(project, new HashMap<>()).remove(name) != null;
    }

    @Override
    public Optional<SealedLogin> login(ProjectId project) {
        return Optional.ofNullable(logins.get(project));
    }

    @Override
    public boolean putLogin(ProjectId project, SealedLogin login) {
        logins.put(project, login);
        return true;
    }

    @Override
    public boolean deleteLogin(ProjectId project) {
        return logins.remove(project) != null;
    }
}
