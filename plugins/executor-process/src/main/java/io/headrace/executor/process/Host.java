package io.headrace.executor.process;

import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this machine has to offer, found once.
 *
 * @param setsid the program that starts a command in a session of its own, or null
 * @param groupUse which commands are to be held by a control group
 * @param groups where control groups can be made, or null
 * @param hasTable whether there is a {@code /proc}
 * @param encoding in which the JVM passes text to processes
 * @param environment the server's own
 */
record Host(
        @Nullable Path setsid,
        GroupUse groupUse,
        @Nullable ControlGroups groups,
        boolean hasTable,
        Charset encoding,
        Map<String, String> environment) {

    private static final Logger log = LoggerFactory.getLogger(Host.class);

    static Host detect(GroupUse groupUse) throws InterruptedException {
        var setsid =
                List.of("/usr/bin/setsid", "/bin/setsid").stream()
                        .map(Path::of)
                        .filter(Files::isExecutable)
                        .findFirst()
                        .orElse(null);
        var hasTable = ProcessTable.isAvailable();
        var groups = groupUse != GroupUse.NEVER && hasTable ? ControlGroups.detect() : null;
        log.info(
                "Processes of jobs are held together by {}, {} and {}",
                groups == null ? "no control group" : "control groups below " + groups.parent(),
                setsid == null ? "no session (install util-linux)" : "a session",
                hasTable ? "a marker" : "no marker (no /proc)");
        return new Host(
                setsid,
                groups == null ? GroupUse.NEVER : groupUse,
                groups,
                hasTable,
                Charset.forName(Objects.requireNonNull(System.getProperty("sun.jnu.encoding"))),
                System.getenv());
    }
}
