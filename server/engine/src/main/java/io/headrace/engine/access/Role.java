package io.headrace.engine.access;

import java.util.EnumSet;
import java.util.Set;

/** A set of permissions that an account has; each role has those of the ones before it. */
public enum Role {
    /** May {@link Permission#VIEW}. */
    VIEWER(Permission.VIEW),
    /** May {@link Permission#RUN} too. */
    DEVELOPER(Permission.RUN),
    /** May {@link Permission#CONFIGURE} too. */
    MAINTAINER(Permission.CONFIGURE),
    /** May do everything. */
    ADMINISTRATOR(Permission.ADMINISTER);

    private final Permission highest;

    Role(Permission highest) {
        this.highest = highest;
    }

    /** Returns whether this role includes {@code permission}. */
    public boolean may(Permission permission) {
        return permission.compareTo(highest) <= 0;
    }

    /** Returns all permissions of this role. */
    public Set<Permission> permissions() {
        return Set.copyOf(EnumSet.range(Permission.VIEW, highest));
    }
}
