package io.headrace.executor.docker;

import io.headrace.api.Setting;
import io.headrace.api.Settings;
import io.headrace.api.SettingsSchema;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What an administrator decides about containers.
 *
 * @param host address of the engine; empty means {@code DOCKER_HOST}, or the local socket
 * @param image what runs where a pipeline names no image
 * @param user whom commands run as
 * @param readOnlyRoot whether only the workspace and {@code /tmp} can be written
 * @param tmpBytes size of {@code /tmp}, which lives in memory
 * @param network the network of attempts that may use one
 * @param workspace whether the workspace is mounted or copied
 * @param pull when images are pulled
 * @param pullTimeout how long pulling one image may take
 * @param registry host of the registry that the credentials are for; empty means none
 * @param registryUser user name at the registry
 * @param registryPassword password or token at the registry
 */
record DockerSettings(
        String host,
        String image,
        StepUser user,
        boolean readOnlyRoot,
        long tmpBytes,
        String network,
        WorkspaceMode workspace,
        PullPolicy pull,
        Duration pullTimeout,
        String registry,
        String registryUser,
        String registryPassword) {

    /** Leaves out {@code container:…}, which would be that of another job. */
    private static final Pattern NETWORK = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

    static final SettingsSchema SCHEMA =
            SettingsSchema.of(
                    Setting.text(
                            "host",
                            null,
                            "Address of the Docker engine, such as unix:///var/run/docker.sock;"
                                    + " empty takes DOCKER_HOST, or the local socket"),
                    Setting.text(
                            "image", "ubuntu:20.04", "Image of jobs whose pipeline names none"),
                    Setting.text(
                            "user",
                            null,
                            "User and group that commands run as, such as 1000:1000; empty means"
                                    + " 1000:1000 where Headrace runs as root, else Headrace's own"),
                    Setting.flag(
                            "read-only-root",
                            true,
                            "Let jobs write to their workspace and /tmp only"),
                    Setting.integer("tmp-size", 256, 1, 1 << 20, "Size of /tmp in MiB of memory"),
                    Setting.text("network", "bridge", "Network of the jobs that may use a network"),
                    Setting.choice(
                            "workspace",
                            "auto",
                            List.of("auto", "mount", "copy"),
                            "Mount the workspace into the container, or copy files in and out;"
                                    + " auto mounts where the engine is on this machine"),
                    Setting.choice(
                            "pull",
                            "missing",
                            List.of("missing", "always", "never"),
                            "When to pull images"),
                    new Setting(
                            "pull-timeout",
                            Setting.Type.DURATION,
                            "300",
                            false,
                            1L,
                            86_400L,
                            List.of(),
                            "How long pulling one image may take"),
                    Setting.text(
                            "registry",
                            null,
                            "Host of the registry that the user and password are for, such as"
                                    + " registry.example.org:5000"),
                    Setting.text("registry-user", null, "User name at the registry"),
                    Setting.secret("registry-password", "Password or token at the registry"));

    enum WorkspaceMode {
        AUTO,
        MOUNT,
        COPY
    }

    enum PullPolicy {
        MISSING,
        ALWAYS,
        NEVER
    }

    static DockerSettings of(Settings settings) {
        var registry = settings.find("registry").orElse("").strip();
        var user = settings.find("registry-user").orElse("").strip();
        if (registry.isEmpty() != user.isEmpty()) {
            throw new IllegalArgumentException(
                    "'registry' and 'registry-user' belong together; give both or neither");
        }
        var network = settings.text("network").strip();
        if (!NETWORK.matcher(network).matches() || network.equals("host")) {
            throw new IllegalArgumentException(
                    "'network' is '%s'; use bridge, none or the name of a network made by `docker network create`, but not that of the machine"
                            .formatted(network));
        }
        return new DockerSettings(
                settings.find("host").orElse("").strip(),
                settings.text("image").strip(),
                StepUser.of(settings.find("user").orElse("").strip()),
                settings.flag("read-only-root"),
                settings.integer("tmp-size") << 20,
                network,
                WorkspaceMode.valueOf(settings.text("workspace").toUpperCase(Locale.ROOT)),
                PullPolicy.valueOf(settings.text("pull").toUpperCase(Locale.ROOT)),
                settings.duration("pull-timeout"),
                registry,
                user,
                settings.find("registry-password").orElse(""));
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return "DockerSettings[host=%s, image=%s, user=%s, pull=%s]"
                .formatted(host, image, user, pull);
    }
}
