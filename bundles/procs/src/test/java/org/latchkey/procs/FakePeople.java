package org.latchkey.procs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.latchkey.api.Caller;
import org.latchkey.api.Capability;
import org.latchkey.api.Principal;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.Authenticator;
import org.latchkey.api.extension.Verdict;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.Explanation;
import org.latchkey.api.service.Tokens;

/** People whose token is their name, and whose secret is their name with {@code -secret}. */
public final class FakePeople implements Tokens, Authentication {

    private final Map<String, Principal> people = new ConcurrentHashMap<>();
    private final List<Set<String>> chosen = new ArrayList<>();
    private final List<Set<String>> decisions = new CopyOnWriteArrayList<>();
    private volatile boolean undecided;
    private volatile Optional<Authenticator> judge = Optional.empty();

    public FakePeople add(String id, String... groups) {
        people.put(id, new Principal(id, "directory", Set.of(groups), Set.of()));
        return this;
    }

    public FakePeople addRoot(String id) {
        people.put(id, new Principal(id, "directory", Set.of(), Set.of(Capability.GLOBAL_ROOT)));
        return this;
    }

    /** Somebody for whom that authenticator vouched. */
    public FakePeople addFrom(String source, String id, String... groups) {
        people.put(id, new Principal(id, source, Set.of(groups), Set.of()));
        return this;
    }

    /** From now on no authorizer answers. */
    public void breakAuthorizer() {
        undecided = true;
    }

    /** From now on this one alone says who signs in. */
    public void judgedBy(Authenticator authenticator) {
        judge = Optional.of(authenticator);
    }

    /** Which authenticators were to judge, for each sign-in. */
    public List<Set<String>> chosen() {
        return chosen;
    }

    /** For which groups somebody was judged, each time. */
    public List<Set<String>> decisions() {
        return decisions;
    }

    public void forgetDecisions() {
        decisions.clear();
    }

    @Override
    public Token issue(Principal principal) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Principal> validate(String token) {
        return Optional.ofNullable(people.get(token));
    }

    @Override
    public String rotate() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String keySet() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Principal> authenticate(Attempt attempt) {
        return authenticate(attempt, Set.of());
    }

    @Override
    public Optional<Principal> authenticate(Attempt attempt, Set<String> authenticators) {
        chosen.add(authenticators);
        if (judge.isPresent()) {
            return judge.get().authenticate(attempt) instanceof Verdict.Accepted accepted
                    ? Optional.of(accepted.principal())
                    : Optional.empty();
        }
        String secret = new String(attempt.secret().orElseThrow().chars());
        return Optional.ofNullable(people.get(attempt.id())).filter(each -> secret.equals(each.id() + "-secret"));
    }

    /** The source is the name of the authenticator; that of most people here is {@code directory}. */
    @Override
    public boolean vouches(String source, Set<String> authenticators) {
        return authenticators.isEmpty() || authenticators.contains(source);
    }

    @Override
    public boolean permits(Caller caller, Principal principal, Set<String> groups) {
        return decide(caller, principal, groups) == Decision.PERMITTED;
    }

    @Override
    public Decision decide(Caller caller, Principal principal, Set<String> groups) {
        decisions.add(groups);
        if (undecided) {
            return Decision.UNDECIDED;
        }
        return groups.isEmpty() || groups.stream().anyMatch(principal.groups()::contains)
                ? Decision.PERMITTED
                : Decision.DENIED;
    }

    @Override
    public Explanation explain(String id) {
        throw new UnsupportedOperationException();
    }
}
