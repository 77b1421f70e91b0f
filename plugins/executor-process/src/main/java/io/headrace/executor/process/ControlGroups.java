package io.headrace.executor.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The place in the control group hierarchy below which this server may make groups.
 *
 * @param parent the server's own group
 */
record ControlGroups(Path parent) {

    private static final String PREFIX = "headrace.";

    /**
     * Finds this server's group and tries whether groups can be made in it, joined and killed.
     *
     * @return null where there is no such hierarchy, it is not ours to write, or the kernel is
     *     older than 5.14
     */
    static @Nullable ControlGroups detect() throws InterruptedException {
        try {
            var own = own();
            if (own == null || !Files.isWritable(own)) {
                return null;
            }
            var groups = new ControlGroups(own);
            return groups.work() ? groups : null;
        } catch (IOException e) {
            return null;
        }
    }

    ControlGroup create(Marker marker) throws IOException {
        var group = group(PREFIX + marker.installation() + "." + marker.id());
        Files.createDirectories(group.directory());
        return group;
    }

    /** Finds the groups of an installation, by execution. */
    List<Found> of(String installation) {
        var prefix = PREFIX + installation + ".";
        var names = parent.toFile().list((_, name) -> name.startsWith(prefix));
        return names == null
                ? List.of()
                : List.of(names).stream()
                        .map(name -> new Found(name.substring(prefix.length()), group(name)))
                        .toList();
    }

    record Found(String id, ControlGroup group) {}

    private ControlGroup group(String name) {
        return new ControlGroup(parent.resolve(name));
    }

    private boolean work() throws IOException, InterruptedException {
        var group = group(PREFIX + "probe-" + UUID.randomUUID());
        Files.createDirectory(group.directory());
        try {
            if (!Files.exists(group.directory().resolve("cgroup.kill"))) {
                return false;
            }
            var process =
                    new ProcessBuilder("/bin/sh", "-c", "echo 0 >\"$0\"", group.door().toString())
                            .redirectInput(new File("/dev/null"))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } finally {
            Files.deleteIfExists(group.directory());
        }
    }

    private static @Nullable Path own() throws IOException {
        var cgroup = Path.of("/proc/self/cgroup");
        if (!Files.exists(cgroup)) {
            return null;
        }
        for (var line : Files.readAllLines(cgroup)) {
            if (line.startsWith("0::/") && !line.contains("/..")) {
                return mounted(line.substring(3));
            }
        }
        return null;
    }

    /** Finds the directory that shows {@code group}, where the hierarchy is mounted. */
    private static @Nullable Path mounted(String group) throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
            if (!line.contains(" - cgroup2 ")) {
                continue;
            }
            // id, parent, device, root, mount point, ... (proc_pid_mountinfo(5))
            var fields = line.split(" ", -1);
            var root = Path.of(fields[3]);
            var wanted = Path.of(group);
            if (wanted.startsWith(root)) {
                return Path.of(fields[4]).resolve(root.relativize(wanted));
            }
        }
        return null;
    }
}
