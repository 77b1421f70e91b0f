package io.headrace.store;

import io.headrace.engine.lock.LockView.Kind;

/**
 * What a lock or group is called in the database.
 *
 * @param project id; 0 if the whole server shares it
 */
record LockKey(Kind kind, long project, String name) {

    static LockKey ofLock(long project, boolean ofServer, String name) {
        return new LockKey(Kind.LOCK, ofServer ? 0 : project, name);
    }

    static LockKey ofGroup(long project, boolean ofServer, String name) {
        return new LockKey(Kind.GROUP, ofServer ? 0 : project, name);
    }

    /** Reads what {@link #text} wrote. */
    static LockKey parse(String text) {
        var parts = text.split("/", 3);
        return new LockKey(
                parts[0].equals("g") ? Kind.GROUP : Kind.LOCK,
                parts[1].equals("*") ? 0 : Long.parseLong(parts[1]),
                parts[2]);
    }

    String text() {
        return "%s/%s/%s"
                .formatted(
                        switch (kind) {
                            case GROUP -> "g";
                            case LOCK -> "l";
                        },
                        project == 0 ? "*" : Long.toString(project),
                        name);
    }
}
