package io.headrace.web.access;

import io.headrace.engine.access.Permission;
import io.headrace.engine.access.Principal;
import io.headrace.engine.access.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who calls.
 *
 * @param kind how they proved who they are
 * @param csrf the text that a browser sends as {@link WebSessions#CSRF_HEADER}; only with a session
 */
public record MeView(
        String name,
        Role role,
        List<Permission> permissions,
        Principal.Kind kind,
        @Nullable String csrf) {

    static MeView of(Principal principal, @Nullable String csrf) {
        return new MeView(
                principal.name(),
                principal.role(),
                principal.role().permissions().stream().sorted().toList(),
                principal.kind(),
                csrf);
    }

    @Override
    public String toString() {
        return "MeView[" + name + "]";
    }
}
