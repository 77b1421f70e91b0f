package io.headrace.web.access;

import io.headrace.engine.access.Principal;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.core.SecurityContext;

/** Carries who calls from the {@link Gate} to the resources. */
public final class Caller implements SecurityContext {

    private final Principal principal;
    private final boolean secure;

    Caller(Principal principal, boolean secure) {
        this.principal = principal;
        this.secure = secure;
    }

    /**
     * Returns who calls.
     *
     * @throws NotAuthorizedException if nobody is logged in, which only public routes let happen
     */
    public static Principal of(SecurityContext context) {
        if (context.getUserPrincipal() instanceof Named named) {
            return named.principal();
        }
        throw new NotAuthorizedException("Log in first", "Bearer");
    }

    private record Named(Principal principal) implements java.security.Principal {

        @Override
        public String getName() {
            return principal.name();
        }
    }

    @Override
    public java.security.Principal getUserPrincipal() {
        return new Named(principal);
    }

    @Override
    public boolean isUserInRole(String role) {
        return principal.role().name().equals(role);
    }

    @Override
    public boolean isSecure() {
        return secure;
    }

    @Override
    public String getAuthenticationScheme() {
        return principal.kind().name();
    }
}
