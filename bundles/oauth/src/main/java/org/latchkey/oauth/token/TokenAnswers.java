package org.latchkey.oauth.token;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.latchkey.oauth.Json;
import org.latchkey.oauth.Settings;
import org.latchkey.oauth.authorization.Authorization;
import org.latchkey.oauth.authorization.Authorizations.Issued;
import org.latchkey.oauth.authorization.Authorizations.Live;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.details.AuthorizationDetails;
import org.latchkey.oauth.dpop.Binding;
import org.latchkey.oauth.token.AccessTokens.Minted;
import org.latchkey.oauth.token.AccessTokens.Order;
import org.latchkey.oauth.token.StandardClaims.Place;

/** What the token endpoint answers (RFC 6749, 5.1; OpenID Connect Core, 3.1.3.3). */
public final class TokenAnswers {

    private final Settings settings;
    private final Subjects subjects;
    private final AccessTokens accessTokens;
    private final IdTokens idTokens;
    private final StandardClaims claims;

    public TokenAnswers(
            Settings settings, Subjects subjects, AccessTokens accessTokens, IdTokens idTokens, StandardClaims claims) {
        this.settings = settings;
        this.subjects = subjects;
        this.accessTokens = accessTokens;
        this.idTokens = idTokens;
        this.claims = claims;
    }

    /**
     * What an access token is to be.
     *
     * @param claims what else it says
     * @param binding to a key of the client
     */
    record Wish(Set<String> scope, List<String> audience, Duration life, Map<String, Object> claims, Binding binding) {}

    /** A bearer token with all of an authorization's scope. */
    public Minted accessToken(RegisteredClient client, Live live) {
        Authorization authorization = live.authorization();
        return accessToken(
                client, live, usual(authorization, authorization.scope(), authorization.resources(), Binding.NONE));
    }

    /** As long as is usual, and with what exactly was allowed (RFC 9396, 7). */
    private Wish usual(Authorization authorization, Set<String> scope, List<String> audience, Binding binding) {
        return new Wish(scope, audience, settings.accessToken(), details(authorization), binding);
    }

    private Minted accessToken(RegisteredClient client, Live live, Wish wish) {
        return accessTokens.mint(new Order(
                client.id(),
                subjects.of(client, live.authorization().owner()),
                wish.scope(),
                wish.audience(),
                wish.life(),
                accessTokens.algorithm(client),
                Optional.of(live),
                claims(wish)));
    }

    private static Map<String, Object> claims(Wish wish) {
        Map<String, Object> all = new LinkedHashMap<>(wish.claims());
        all.putAll(wish.binding().claims());
        return all;
    }

    /** What exactly was allowed, as the token and the answer say it (RFC 9396, 7 and 9). */
    private static Map<String, Object> details(Authorization authorization) {
        return authorization
                .requested(AuthorizationDetails.NAME)
                .flatMap(Json::array)
                .map(all -> Map.<String, Object>of(AuthorizationDetails.NAME, all))
                .orElse(Map.of());
    }

    /** The answer to a code or a refresh token: with an access token of this scope, and what belongs to it. */
    Map<String, Object> of(
            RegisteredClient client, Issued issued, Set<String> scope, List<String> audience, Binding binding) {
        return of(client, issued, usual(issued.live().authorization(), scope, audience, binding));
    }

    /** The same with an access token of this kind. */
    Map<String, Object> of(RegisteredClient client, Issued issued, Wish wish) {
        Authorization authorization = issued.live().authorization();
        Minted access = accessToken(client, issued.live(), wish);
        Map<String, Object> answer = of(access, wish.binding());
        answer.putAll(details(authorization));
        if (client.grantTypes().contains("refresh_token")) {
            answer.put("refresh_token", issued.token());
        }
        if (wish.scope().contains("openid")) {
            answer.put(
                    "id_token",
                    idTokens.mint(
                            client,
                            subjects.of(client, authorization.owner()),
                            authorization,
                            new IdTokens.Beside(Optional.of(access.value()), Optional.empty(), Optional.empty()),
                            claims.of(authorization, Place.ID_TOKEN, Set.of())));
        }
        return answer;
    }

    /** An access token alone, which hangs on an authorization that was there before. */
    Map<String, Object> alone(RegisteredClient client, Live live, Wish wish) {
        return of(accessToken(client, live, wish), wish.binding());
    }

    private static Map<String, Object> of(Minted access, Binding binding) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("access_token", access.value());
        answer.put("token_type", binding.tokenType());
        answer.put("expires_in", access.life().toSeconds());
        answer.put("scope", String.join(" ", new TreeSet<>(access.scope())));
        return answer;
    }

    /** One for the client itself (RFC 6749, 4.4). */
    Map<String, Object> forItself(RegisteredClient client, Wish wish) {
        Minted minted = accessTokens.mint(new Order(
                client.id(),
                client.id(),
                wish.scope(),
                wish.audience(),
                wish.life(),
                accessTokens.algorithm(client),
                Optional.empty(),
                claims(wish)));
        return of(minted, wish.binding());
    }
}
