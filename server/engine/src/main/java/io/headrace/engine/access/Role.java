package io.headrace.engine.access;

import java.util.EnumSet;
import java.util.Set;

/** A set of permissions that an account has. */
public enum Role {
    VIEWER(EnumSet.of(Permission.VIEW)),
    DEVELOPER(EnumSet.of(Permission.VIEW, Permission.RUN)),
    MAINTAINER(EnumSet.of(Permission.VIEW, Permission.RUN, Permission.CONFIGURE)),
    ADMINISTRATOR(EnumSet.allOf(Permission.class));

    private final Set<Permission> permissions;

    Role(Set<Permission> permissions) {
        this.permissions = Set.copyOf(permissions);
    }

    public Set<Permission> permissions() {
        return permissions;
    }
}
