package org.latchkey.admin;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Caller;
import org.latchkey.api.Principal;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.Explanation;
import org.latchkey.api.service.Tokens;

/** Knows everybody by a secret and a token: {@code secret-NAME} and {@code token-NAME}. */
final class FakeAuth implements Authentication, Tokens {

    final Map<String, Principal> people = new HashMap<>();

    /** Who tried to sign in last. */
    Optional<Caller> caller = Optional.empty();

    /** The secret of the last attempt, as it was shown. */
    String secret = "";

    @Override
    public Optional<Principal> authenticate(Attempt attempt) {
        caller = Optional.of(attempt.caller());
        secret = new String(attempt.secret().orElseThrow().chars());
        return Optional.ofNullable(people.get(attempt.id())).filter(each -> secret.equals("secret-" + each.id()));
    }

    @Override
    public Optional<Principal> authenticate(Attempt attempt, Set<String> authenticators) {
        return authenticate(attempt);
    }

    @Override
    public Decision decide(Caller caller, Principal principal, Set<String> groups) {
        return permits(caller, principal, groups) ? Decision.PERMITTED : Decision.DENIED;
    }

    @Override
    public boolean permits(Caller caller, Principal principal, Set<String> groups) {
        return groups.isEmpty() || groups.stream().anyMatch(principal.groups()::contains);
    }

    @Override
    public Explanation explain(String id) {
        return new FakeOperations().explain(OPERATION, id);
    }

    @Override
    public Token issue(Principal principal) {
        return new Token("token-" + principal.id(), Instant.parse("2026-01-01T00:10:00.123Z"));
    }

    @Override
    public Optional<Principal> validate(String token) {
        return token.startsWith("token-") ? Optional.ofNullable(people.get(token.substring(6))) : Optional.empty();
    }

    @Override
    public String rotate() {
        return "key2";
    }

    @Override
    public String keySet() {
        return "{\"keys\":[]}";
    }
}
