package io.headrace.engine.run;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The repositories, beside a project's own, from which pipeline files may take parts.
 *
 * @param addresses whole, or their beginning with a {@code *} after a {@code /} or a {@code :};
 *     empty allows none
 */
public record AllowedRepositories(Set<String> addresses) {

    /** The operator's key for them. */
    public static final String KEY = "pipeline.include.repositories";

    /** For servers whose operator named none. */
    public static final AllowedRepositories NONE = new AllowedRepositories(Set.of());

    private static final Pattern PREFIX = Pattern.compile("[^*\\s]+[/:]\\*");
    private static final Pattern WHOLE = Pattern.compile("[^*\\s]+");

    // What follows a prefix names a repository below it, and nothing else: no way up, no login, no
    // escapes that a host might read as either.
    private static final Pattern REST =
            Pattern.compile("[\\w~+-][\\w.~+-]*(?:/[\\w~+-][\\w.~+-]*)*/?");

    public AllowedRepositories {
        addresses = Set.copyOf(new LinkedHashSet<>(addresses));
    }

    /** Returns what is wrong with an address that an operator gives; null if nothing is. */
    public static @Nullable String flaw(Collection<String> addresses) {
        return addresses.stream()
                .filter(address ->
                        !PREFIX.matcher(address).matches() && !WHOLE.matcher(address).matches())
                .findFirst()
                .map(
                        "'%s' is no address; write a whole one, or its beginning with /* after it"
                                ::formatted)
                .orElse(null);
    }

    boolean allow(String address) {
        return addresses.stream().anyMatch(allowed -> matches(allowed, address));
    }

    private static boolean matches(String allowed, String address) {
        if (!allowed.endsWith("*")) {
            return address.equals(allowed);
        }
        var prefix = allowed.substring(0, allowed.length() - 1);
        return address.startsWith(prefix)
                && REST.matcher(address.substring(prefix.length())).matches();
    }
}
