package org.latchkey.oauth.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Caller;
import org.latchkey.api.Principal;
import org.latchkey.api.http.Request;
import org.latchkey.api.oauth.Grant;
import org.latchkey.api.oauth.Grant.Granted;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.Directory.Standing;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.Settings;
import org.latchkey.oauth.authorization.Authorization;
import org.latchkey.oauth.authorization.Authorization.Owner;
import org.latchkey.oauth.authorization.Authorizations;
import org.latchkey.oauth.authorization.Authorizations.Issued;
import org.latchkey.oauth.authorization.Authorizations.Live;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.dpop.Binding;
import org.latchkey.oauth.scope.AcrWish;
import org.latchkey.oauth.scope.Entitlement;
import org.latchkey.oauth.scope.Entitlements;
import org.latchkey.oauth.token.Inspection.Good;
import org.latchkey.oauth.token.TokenAnswers.Wish;

/**
 * Turns what a plugin's grant has granted into tokens. What it grants for somebody hangs on an authorization, like a code; and
 * whoever that is has to be there and allowed to use the client at this very moment, whatever the plugin has looked at.
 */
public final class GrantedAnswers {

    /** Scopes for the application that somebody signs in to, which no other one gets by its token. */
    private static final Set<String> OF_SIGN_IN = Set.of("openid", "offline_access");

    private final Settings settings;
    private final Authorizations authorizations;
    private final Inspection inspection;
    private final Owners owners;
    private final Authentication authentication;
    private final TokenAnswers answers;
    private final Entitlements entitlements;
    private final Clock clock;

    /** What it stands on. */
    public record Parts(
            Settings settings,
            Authorizations authorizations,
            Inspection inspection,
            Owners owners,
            Authentication authentication,
            TokenAnswers answers,
            Entitlements entitlements,
            Clock clock) {}

    public GrantedAnswers(Parts parts) {
        this.settings = parts.settings();
        this.authorizations = parts.authorizations();
        this.inspection = parts.inspection();
        this.owners = parts.owners();
        this.authentication = parts.authentication();
        this.answers = parts.answers();
        this.entitlements = parts.entitlements();
        this.clock = parts.clock();
    }

    /** @param grant the component name of the one that granted it */
    Map<String, Object> of(RegisteredClient client, String grant, Granted granted, Request request, Binding binding)
            throws Refused {
        Map<String, Object> answer = new LinkedHashMap<>(tokens(client, grant, granted, request, binding));
        answer.putAll(granted.answer());
        return answer;
    }

    private Map<String, Object> tokens(
            RegisteredClient client, String grant, Granted granted, Request request, Binding binding) throws Refused {
        Wish wish = new Wish(
                granted.scope(),
                granted.audience(),
                granted.life().orElse(settings.accessToken()),
                withoutPrivate(granted.claims()),
                binding);
        if (granted.basis() instanceof Grant.Owner owner) {
            return forOwner(client, grant, owner, wish, granted.refreshable(), request);
        }
        if (granted.basis() instanceof Grant.Subject subject) {
            return forSubject(client, subject, wish, request);
        }
        if (wish.scope().stream().anyMatch(entitlements::isRuled)) {
            throw Refused.of("invalid_scope", "This scope is for people.");
        }
        return answers.forItself(client, wish);
    }

    private static Map<String, Object> withoutPrivate(Map<String, Object> claims) {
        Map<String, Object> all = new LinkedHashMap<>(claims);
        all.keySet().removeAll(AccessTokens.PRIVATE);
        return all;
    }

    private Map<String, Object> forOwner(
            RegisteredClient client,
            String grant,
            Grant.Owner granting,
            Wish wish,
            boolean isRefreshable,
            Request request)
            throws Refused {
        Owner owner = owner(granting);
        requirePermitted(client, granting.principal(), request);
        Map<String, String> kept = new HashMap<>(wish.binding().keptFor(client));
        kept.putAll(proved(granting, wish.scope(), request));
        kept.put(Sources.GRANT, grant);
        boolean refreshable = isRefreshable && client.grantTypes().contains(RefreshGrant.TYPE);
        Instant now = clock.instant();
        Authorization authorization = new Authorization(
                client.id(),
                owner,
                wish.scope(),
                wish.audience(),
                Map.of(),
                kept,
                now,
                now.plus(refreshable ? settings.refreshToken() : wish.life()),
                wish.scope().contains("offline_access"),
                "",
                true);
        owners.requireSources(authorization);
        Issued issued = authorizations.add(authorization);
        // Asked when it is there: a session that ends meanwhile either finds it, or is found ended here.
        if (!owners.mayGrant(owner)) {
            authorizations.end(issued.live().key());
            throw notGood();
        }
        Map<String, Object> answer = answers.of(client, issued, wish);
        if (!refreshable) {
            answer.remove("refresh_token");
        }
        return answer;
    }

    private Owner owner(Grant.Owner granting) {
        Principal principal = granting.principal();
        Standing standing = owners.standing(principal.id());
        return new Owner(
                principal.id(),
                standing.number(),
                principal.source(),
                granting.session(),
                granting.authenticatedAt(),
                granting.claims(),
                standing.era());
    }

    /**
     * How they have proved who they are, if that is enough for the scope. Without a page to ask for more, less than the rule
     * wants is refused, and so is everything with a rule where nobody is signed in.
     */
    private Map<String, String> proved(Grant.Owner granting, Set<String> scope, Request request) throws Refused {
        Caller caller = new Caller(granting.principal().id(), Set.of(), request.id(), request.address(), false);
        Optional<Session> session = entitlements.now(granting.session());
        if (session.isEmpty()) {
            if (scope.stream().anyMatch(entitlements::isRuled)) {
                throw notProved();
            }
            return Map.of();
        }
        Entitlement entitlement = entitlements.of(caller, session.get(), scope, AcrWish.NONE, clock.instant());
        boolean isEnough = entitlement.scope().containsAll(scope) && !entitlement.isMissingSomething();
        if (!isEnough || !entitlements.use(session.get(), entitlement)) {
            throw notProved();
        }
        return entitlement.remembered();
    }

    private static Refused notProved() {
        return Refused.of("invalid_scope", "The resource owner has not proved what this scope demands.");
    }

    private Map<String, Object> forSubject(RegisteredClient client, Grant.Subject subject, Wish wish, Request request)
            throws Refused {
        Good good = inspection
                .good(subject.token())
                .filter(each -> !each.claims().containsKey("cnf")) // nobody has proved its key here
                .orElseThrow(GrantedAnswers::notGood);
        Live live = good.live().orElseThrow(GrantedAnswers::notGood);
        Owner owner = live.authorization().owner();
        if (wish.scope().stream().anyMatch(OF_SIGN_IN::contains)) {
            throw Refused.of("invalid_scope", "This scope is for the application that somebody signs in to.");
        }
        Scopes.within(Scopes.words(good.claim("scope")), wish.scope());
        requirePermitted(client, new Principal(owner.id(), owner.source(), owners.groups(owner), Set.of()), request);
        Duration left = Duration.between(clock.instant(), Instant.ofEpochSecond(good.number("exp")));
        Map<String, Object> claims = new LinkedHashMap<>(wish.claims());
        claims.put(AccessTokens.ORIGIN, good.ids());
        Duration life = wish.life().compareTo(left) < 0 ? wish.life() : left;
        return answers.alone(client, live, new Wish(wish.scope(), wish.audience(), life, claims, wish.binding()));
    }

    private void requirePermitted(RegisteredClient client, Principal principal, Request request) throws Refused {
        Caller caller = new Caller(principal.id(), Set.of(), request.id(), request.address(), false);
        if (!authentication.permits(caller, principal, client.client().groups())) {
            throw Refused.of("access_denied", "The resource owner may not use this client.");
        }
    }

    private static Refused notGood() {
        return Refused.of("invalid_grant", "What this was granted on is not good any more.");
    }
}
