package org.latchkey.oauth.token;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.Settings;
import org.latchkey.oauth.client.RegisteredClient;

/** What scope a client gets. */
public final class Scopes {

    private final Settings settings;
    private final Predicate<String> ofPeople;

    /** @param ofPeople which scopes demand something of people, so that no client has them for itself */
    public Scopes(Settings settings, Predicate<String> ofPeople) {
        this.settings = settings;
        this.ofPeople = ofPeople;
    }

    /** The words of a scope parameter. */
    public static Set<String> words(String scope) {
        return scope.isBlank() ? Set.of() : new TreeSet<>(List.of(scope.strip().split(" +")));
    }

    /** For a client that acts for itself: what it asks for, or without that all that it is registered for. */
    public Set<String> ofClient(RegisteredClient client, Optional<String> asked) throws Refused {
        Set<String> allowed = client.scope().orElse(settings.scopes());
        Set<String> wanted = asked.map(Scopes::words).orElse(allowed);
        for (String each : wanted) {
            boolean aboutSomebody = Settings.STANDARD.contains(each) || ofPeople.test(each);
            if (aboutSomebody && asked.isEmpty()) {
                continue;
            }
            if (aboutSomebody || !settings.scopes().contains(each) || !allowed.contains(each)) {
                throw Refused.of("invalid_scope", "The client may not have this scope.");
            }
        }
        Set<String> given = new TreeSet<>(wanted);
        given.removeIf(each -> Settings.STANDARD.contains(each) || ofPeople.test(each));
        return given;
    }

    /** Of an authorization: what is asked for, which must not be more than was allowed (RFC 6749, 6). */
    public static Set<String> within(Set<String> allowed, Optional<String> asked) throws Refused {
        return within(allowed, asked.map(Scopes::words).orElse(allowed));
    }

    /** The same of words. */
    static Set<String> within(Set<String> allowed, Set<String> wanted) throws Refused {
        if (!allowed.containsAll(wanted)) {
            throw Refused.of("invalid_scope", "This is more than was allowed.");
        }
        return wanted;
    }
}
