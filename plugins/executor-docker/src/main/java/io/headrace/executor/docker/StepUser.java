package io.headrace.executor.docker;

import com.sun.security.auth.module.UnixSystem;
import java.util.regex.Pattern;

/**
 * Whom the commands of a job run as, inside the container and, for the files that they make, on the
 * machine.
 *
 * <p>The server must be able to hand the workspace over and to remove it afterwards. As root it can
 * do both for any user; otherwise only for itself.
 */
record StepUser(long uid, long gid) {

    private static final Pattern PAIR = Pattern.compile("(\\d{1,9}):(\\d{1,9})");
    private static final StepUser USUAL = new StepUser(1000, 1000);

    /**
     * Reads {@code uid:gid}; empty text means the usual user.
     *
     * @throws IllegalArgumentException if the text is malformed, or the server could not remove the
     *     files of that user
     */
    static StepUser of(String text) {
        return of(text, server());
    }

    static StepUser of(String text, StepUser server) {
        if (text.isEmpty()) {
            return server.isRoot() ? USUAL : server;
        }
        var pair = PAIR.matcher(text);
        if (!pair.matches()) {
            throw new IllegalArgumentException(
                    "'user' is '%s'; use numbers, such as 1000:1000".formatted(text));
        }
        var user = new StepUser(Long.parseLong(pair.group(1)), Long.parseLong(pair.group(2)));
        if (user.isRoot()) {
            throw new IllegalArgumentException(
                    "'user' is %s; jobs don't run as root. Use another user, or an image that works without root"
                            .formatted(user));
        }
        if (!server.isRoot() && server.uid() != user.uid()) {
            throw new IllegalArgumentException(
                    "'user' is %s, but Headrace runs as %s and could not remove that user's files; leave it empty"
                            .formatted(user, server));
        }
        return user;
    }

    /** Returns the user that this process runs as. */
    static StepUser server() {
        var system = new UnixSystem();
        return new StepUser(system.getUid(), system.getGid());
    }

    boolean isRoot() {
        return uid == 0;
    }

    @Override
    public String toString() {
        return uid + ":" + gid;
    }
}
