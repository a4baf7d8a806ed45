package org.latchkey.oauth.authorize;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.latchkey.api.Caller;
import org.latchkey.api.Refusal;
import org.latchkey.api.http.Request;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.api.service.SignIn.Further;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.scope.AcrWish;
import org.latchkey.oauth.scope.Entitlement;
import org.latchkey.oauth.scope.Entitlements;
import org.latchkey.oauth.token.StandardClaims;

/**
 * Whether somebody has proved enough for a request. Judged anew at each step, by the session as it is then: there is no
 * address and no form by which a step can be left out.
 */
final class StepUp {

    private final Authentication authentication;
    private final Entitlements entitlements;

    StepUp(Authentication authentication, Entitlements entitlements) {
        this.authentication = authentication;
        this.entitlements = entitlements;
    }

    /**
     * What somebody is entitled to of a request.
     *
     * @throws Refused if they may not use the client, or that is nothing, or not enough for the client
     */
    Entitlement of(Visit visit, Session session) throws Refused {
        AuthorizeRequest request = visit.request();
        Caller caller = caller(visit.http(), session);
        if (!authentication.permits(
                caller, session.principal(), request.client().client().groups())) {
            throw Refused.of("access_denied", "The resource owner may not use this client.");
        }
        Set<String> asked = new TreeSet<>(request.scope());
        asked.addAll(ruledByClaims(request));
        Entitlement entitlement =
                judged(caller, request, session, asked, visit.interaction().begun());
        boolean isNothing = request.scope().stream().noneMatch(entitlement.scope()::contains);
        boolean isSignInLost = request.isOpenId() && !entitlement.scope().contains("openid");
        if (isSignInLost || isNothing && !request.scope().isEmpty()) {
            throw Refused.of("invalid_scope", "The resource owner cannot have anything of this scope.");
        }
        if (entitlement.unmet()) {
            throw Refused.of(
                    "unmet_authentication_requirements", "The resource owner cannot be authenticated in this way.");
        }
        return entitlement;
    }

    private Entitlement judged(
            Caller caller, AuthorizeRequest request, Session session, Set<String> asked, Instant begun) throws Refused {
        try {
            return entitlements.of(caller, session, asked, wish(request), begun);
        } catch (Refusal refusal) {
            throw Refused.of(refusal);
        }
    }

    private static Caller caller(Request http, Session session) {
        return new Caller(session.principal().id(), Set.of(), http.id(), http.address(), false);
    }

    private static AcrWish wish(AuthorizeRequest request) {
        Optional<String> usual =
                Optional.of(String.join(" ", request.client().client().texts("default_acr_values")));
        return AcrWish.of(request.parameters().get("acr_values").or(() -> usual), request.claims());
    }

    /** The scopes with a rule whose claims are asked for by name: the rule is not got around by that. */
    private Set<String> ruledByClaims(AuthorizeRequest request) {
        Set<String> scopes = new HashSet<>();
        for (Object place : request.claims().values()) {
            if (place instanceof Map<?, ?> claims) {
                claims.keySet().forEach(name -> StandardClaims.scopeOf(String.valueOf(name))
                        .filter(entitlements::isRuled)
                        .ifPresent(scopes::add));
            }
        }
        return scopes;
    }

    /** What is left of a request: nothing that somebody is not entitled to. */
    AuthorizeRequest narrowed(AuthorizeRequest request, Entitlement entitlement) {
        Set<String> scope = new TreeSet<>(request.scope());
        scope.retainAll(entitlement.scope());
        Map<String, Object> claims = new HashMap<>();
        request.claims().forEach((place, asked) -> claims.put(place, narrowed(asked, entitlement)));
        return request.with(scope, claims);
    }

    private Object narrowed(Object asked, Entitlement entitlement) {
        if (!(asked instanceof Map<?, ?> claims)) {
            return asked;
        }
        Map<Object, Object> left = new LinkedHashMap<>(claims);
        left.keySet().removeIf(name -> StandardClaims.scopeOf(String.valueOf(name))
                .filter(entitlements::isRuled)
                .filter(scope -> !entitlement.scope().contains(scope))
                .isPresent());
        return left;
    }

    /** What to ask for next on a page, unless that is a password. */
    static Optional<Further> further(Session session, Entitlement entitlement) {
        return entitlement.password()
                ? Optional.empty()
                : entitlement.next().map(want -> new Further(session, want.choices(), want.unset()));
    }

    /** Where nobody may be asked (OpenID Connect Core, 3.1.2.6). */
    static Refused silent(Entitlement entitlement) {
        return entitlement.password()
                ? Refused.of("login_required", "The resource owner has to type a password.")
                : Refused.of("interaction_required", "The resource owner has to prove more.");
    }

    boolean use(Session session, Entitlement entitlement) {
        return entitlements.use(session, entitlement);
    }

    Optional<Session> now(Session session) {
        return entitlements.now(session.id());
    }

    Map<String, String> titles(String scope) {
        return entitlements.titles(scope);
    }
}
