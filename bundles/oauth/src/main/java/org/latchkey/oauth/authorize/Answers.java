package org.latchkey.oauth.authorize;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.latchkey.api.service.Directory.Standing;
import org.latchkey.api.service.Sessions.Session;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.Settings;
import org.latchkey.oauth.authorization.Authorization;
import org.latchkey.oauth.authorization.Authorization.Owner;
import org.latchkey.oauth.authorization.Authorizations;
import org.latchkey.oauth.authorization.Authorizations.Issued;
import org.latchkey.oauth.scope.Entitlement;
import org.latchkey.oauth.token.AccessTokens.Minted;
import org.latchkey.oauth.token.IdTokens;
import org.latchkey.oauth.token.Owners;
import org.latchkey.oauth.token.StandardClaims;
import org.latchkey.oauth.token.StandardClaims.Place;
import org.latchkey.oauth.token.Subjects;
import org.latchkey.oauth.token.TokenAnswers;

/** Makes what an allowed request is answered with: a code, tokens, or both (OAuth 2.0 Multiple Response Types). */
final class Answers {

    private static final Set<String> KEPT =
            Set.of("redirect_uri", "nonce", "code_challenge", "acr_values", "dpop_jkt", "authorization_details");

    private final Settings settings;
    private final Authorizations authorizations;
    private final Owners owners;
    private final Subjects subjects;
    private final IdTokens idTokens;
    private final StandardClaims claims;
    private final TokenAnswers tokens;
    private final Clock clock;

    Answers(AuthorizeParts parts) {
        this.settings = parts.settings();
        this.authorizations = parts.authorizations();
        this.owners = parts.owners();
        this.subjects = parts.subjects();
        this.idTokens = parts.idTokens();
        this.claims = parts.claims();
        this.tokens = parts.tokens();
        this.clock = parts.clock();
    }

    /** @throws Refused if the session has ended meanwhile */
    Map<String, String> to(AuthorizeRequest request, Session session, Entitlement entitlement) throws Refused {
        Map<String, String> answer = new LinkedHashMap<>();
        if (request.asksFor("none")) {
            return answer;
        }
        Issued issued = authorizations.add(authorization(request, session, entitlement));
        // Asked when it is there: a lock or a new secret meanwhile either ends it, or is found here.
        if (!owners.mayGrant(issued.live().authorization().owner())) {
            authorizations.end(issued.live().key());
            throw Refused.of("login_required", "The resource owner has to sign in again.");
        }
        if (request.asksFor("code")) {
            answer.put("code", issued.token());
        }
        if (request.asksFor("token")) {
            Minted minted = tokens.accessToken(request.client(), issued.live());
            answer.put("access_token", minted.value());
            answer.put("token_type", "Bearer");
            answer.put("expires_in", String.valueOf(minted.life().toSeconds()));
            answer.put("scope", String.join(" ", new TreeSet<>(minted.scope())));
        }
        if (request.asksFor("id_token")) {
            answer.put("id_token", idToken(request, issued, answer));
        }
        return answer;
    }

    private Authorization authorization(AuthorizeRequest request, Session session, Entitlement entitlement) {
        Instant now = clock.instant();
        Map<String, String> kept = new LinkedHashMap<>();
        KEPT.forEach(name -> request.parameters().get(name).ifPresent(value -> kept.put(name, value)));
        kept.put("redirect_uri", request.where().redirectUri());
        kept.putAll(entitlement.remembered());
        Standing standing = owners.standing(session.principal().id());
        Owner owner = new Owner(
                session.principal().id(),
                standing.number(),
                session.principal().source(),
                session.id(),
                session.signedInAt(),
                session.claims(),
                standing.era());
        return new Authorization(
                request.client().id(),
                owner,
                request.scope(),
                request.parameters().all("resource"),
                request.claims(),
                kept,
                now,
                now.plus(request.asksFor("token") ? settings.accessToken() : settings.code()),
                request.scope().contains("offline_access"),
                "",
                !request.asksFor("code"));
    }

    /** With the claims of the scope only where no access token comes along that could fetch them (5.4). */
    private String idToken(AuthorizeRequest request, Issued issued, Map<String, String> answer) {
        Authorization authorization = issued.live().authorization();
        boolean alone = !request.asksFor("code") && !request.asksFor("token");
        return idTokens.mint(
                request.client(),
                subjects.of(request.client(), authorization.owner()),
                authorization,
                new IdTokens.Beside(
                        Optional.ofNullable(answer.get("access_token")),
                        Optional.ofNullable(answer.get("code")),
                        request.where().state()),
                claims.of(authorization, Place.ID_TOKEN, alone ? request.scope() : Set.of()));
    }
}
