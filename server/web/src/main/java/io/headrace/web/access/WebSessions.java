package io.headrace.web.access;

import io.headrace.engine.access.Account;
import io.headrace.engine.access.AccountId;
import io.headrace.engine.access.Accounts;
import io.headrace.engine.access.LoginThrottle;
import io.headrace.engine.access.Principal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Sessions of browsers, shared by the pages and REST. A session holds who logged in and when that
 * ends ({@link Account#epoch}), never what they may do: that is asked for with each request. Any
 * number of threads may use it.
 */
public final class WebSessions {

    /** Header in which a browser sends {@link #csrf} with each request that changes something. */
    public static final String CSRF_HEADER = "X-Headrace-CSRF";

    private static final String ACCOUNT = "headrace.account";
    private static final String EPOCH = "headrace.epoch";
    private static final String CSRF = "headrace.csrf";

    private final Accounts accounts;
    private final SecureRandom random = new SecureRandom();

    public WebSessions(Accounts accounts) {
        this.accounts = accounts;
    }

    /** Returns who the request's session belongs to; empty if nobody is logged in. */
    public Optional<Principal> of(HttpServletRequest request) {
        return Optional.ofNullable(request.getSession(false)).flatMap(this::of);
    }

    /** Returns who {@code session} belongs to; empty if nobody is logged in, or it has ended. */
    public Optional<Principal> of(HttpSession session) {
        try {
            return session.getAttribute(ACCOUNT) instanceof Long account
                            && session.getAttribute(EPOCH) instanceof Integer epoch
                    ? accounts.session(new AccountId(account), epoch)
                    : Optional.empty();
        } catch (IllegalStateException e) {
            // It was ended by another request at this moment.
            return Optional.empty();
        }
    }

    /**
     * Logs somebody in who knows a password. The session gets a new id.
     *
     * @return empty if the name or the password is wrong
     * @throws LoginThrottle.Throttled if too many tries were wrong
     */
    public Optional<Principal> login(HttpServletRequest request, String name, String password) {
        var principal = accounts.login(name, password, request.getRemoteAddr());
        principal.ifPresent(found -> begin(request, found.account()));
        return principal;
    }

    /** Begins a session without asking for a password, for somebody who was just set up. */
    public void begin(HttpServletRequest request, Account account) {
        var session = request.getSession(true);
        request.changeSessionId();
        var token = new byte[24];
        random.nextBytes(token);
        session.setAttribute(ACCOUNT, account.id().value());
        session.setAttribute(EPOCH, account.epoch());
        session.setAttribute(CSRF, HexFormat.of().formatHex(token));
    }

    /** Ends the request's session, if there is one. */
    public void logout(HttpServletRequest request) {
        var session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }

    /** Returns the text that goes into {@link #CSRF_HEADER}; empty if nobody is logged in. */
    public Optional<String> csrf(HttpServletRequest request) {
        var session = request.getSession(false);
        return session != null && session.getAttribute(CSRF) instanceof String token
                ? Optional.of(token)
                : Optional.empty();
    }
}
