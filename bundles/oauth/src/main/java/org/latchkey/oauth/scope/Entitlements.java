package org.latchkey.oauth.scope;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.latchkey.api.Caller;
import org.latchkey.api.extension.Scheme.Claimant;
import org.latchkey.api.extension.Scheme.State;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.Schemes;
import org.latchkey.api.service.Sessions;
import org.latchkey.api.service.Sessions.Session;

/** Says what people are entitled to at one instance: by the rules of scopes, and by the classes that clients want. */
public final class Entitlements {

    /** What rests on what somebody knows, so that two of these are no two factors. */
    private static final Set<String> KNOWLEDGE = Set.of("pwd", "pin", "kba");

    private final String mount;
    private final ConfiguredScopes scopes;
    private final Acrs acrs;
    private final Schemes schemes;
    private final Sessions sessions;
    private final Authentication authentication;
    private final Clock clock;

    public Entitlements(
            String mount,
            ConfiguredScopes scopes,
            Acrs acrs,
            Schemes schemes,
            Sessions sessions,
            Authentication authentication,
            Clock clock) {
        this.mount = mount;
        this.scopes = scopes;
        this.acrs = acrs;
        this.schemes = schemes;
        this.sessions = sessions;
        this.authentication = authentication;
        this.clock = clock;
    }

    /** Whether a scope demands something of people, so that nobody has it but by a person. */
    public boolean isRuled(String scope) {
        return scopes.isRuled(mount, scope);
    }

    /** What people are told of a scope, by language; under the empty one for all others. */
    public Map<String, String> titles(String scope) {
        return scopes.titles(mount, scope);
    }

    /** The values of {@code acr} that there are. */
    public Set<String> acrValues() {
        return acrs.values();
    }

    /**
     * What somebody is entitled to.
     *
     * @param scope what is asked for
     * @param begun when that was begun
     * @throws org.latchkey.api.Refusal (UNAVAILABLE) if a scheme that the operator requires is missing
     */
    public Entitlement of(Caller caller, Session session, Set<String> scope, AcrWish wish, Instant begun) {
        Set<String> given = new TreeSet<>();
        Set<ScopeRule> rules = new HashSet<>();
        Evidence evidence = evidence(caller, session, scope, wish, begun);
        for (String each : scope) {
            Optional<ScopeRule> rule = scopes.rule(mount, each);
            if (rule.isPresent() ? isPossible(rule.get(), evidence, caller, session) : !isRuled(each)) {
                given.add(each);
                rule.ifPresent(rules::add);
            }
        }
        return entitlement(given, rules, wish, evidence);
    }

    private boolean isPossible(ScopeRule rule, Evidence evidence, Caller caller, Session session) {
        return !(rule.judge(evidence) instanceof ScopeRule.Impossible)
                && (rule.people().isEmpty() || authentication.permits(caller, session.principal(), rule.people()));
    }

    private Evidence evidence(Caller caller, Session session, Set<String> scope, AcrWish wish, Instant begun) {
        Set<String> names = new TreeSet<>(session.proofs().keySet());
        names.remove(Sessions.PASSWORD);
        names.addAll(acrs.schemes(wish.values()));
        scope.forEach(each -> scopes.rule(mount, each).ifPresent(rule -> names.addAll(rule.schemes())));
        Claimant claimant = new Claimant(session.principal().id(), session.id(), caller);
        Map<String, State> states = schemes.offers(claimant, names).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().state()));
        return new Evidence(session.proofs(), states, begun, clock.instant());
    }

    private Entitlement entitlement(Set<String> given, Set<ScopeRule> rules, AcrWish wish, Evidence evidence) {
        boolean password = false;
        List<Want> wants = new ArrayList<>();
        Set<String> used = new TreeSet<>();
        for (ScopeRule rule : rules) {
            if (rule.judge(evidence) instanceof ScopeRule.Missing missing) {
                password |= missing.password();
                wants.addAll(missing.wants());
                used.addAll(missing.used());
            } else if (rule.judge(evidence) instanceof ScopeRule.Met met) {
                used.addAll(met.used());
            }
        }
        Optional<String> acr = acrs.reached(wish.values(), evidence.proved());
        boolean isAsWished =
                wish.values().isEmpty() || acr.filter(wish.values()::contains).isPresent();
        boolean isUnmet = false;
        if (!isAsWished) {
            Optional<Acrs.Step> step = acrs.step(wish, evidence);
            isUnmet = step.isEmpty() && wish.essential();
            password |= step.filter(Acrs.Step::password).isPresent();
            step.ifPresent(more -> wants.addAll(more.wants()));
        }
        return new Entitlement(given, password, wants, used, isUnmet, acr, amr(evidence));
    }

    private static Set<String> amr(Evidence evidence) {
        Set<String> amr = new TreeSet<>();
        evidence.proved().forEach(name -> amr.addAll(evidence.proofs().get(name).amr()));
        if (amr.contains("pwd") && !KNOWLEDGE.containsAll(amr)) {
            amr.add("mfa");
        }
        return amr;
    }

    /** Counts the use of what an entitlement rests on; false if that has changed meanwhile, so that it is to be judged again. */
    public boolean use(Session session, Entitlement entitlement) {
        return entitlement.used().isEmpty() || sessions.use(session, entitlement.used());
    }

    /** The session as it is now. */
    public Optional<Session> now(String session) {
        return sessions.byId(session);
    }
}
