package org.latchkey.oauth;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.latchkey.oauth.mtls.MutualTls;

/**
 * What the operator has set for an instance.
 *
 * @param scopes that clients may ask for, besides those of OpenID Connect
 * @param responseTypes that are served, their words in alphabetical order
 * @param code how long a code is good
 * @param accessToken how long an access token is good
 * @param idToken how long an id token is good
 * @param refreshToken how long a refresh token is good without being used
 * @param pkceForAll whether confidential clients need PKCE too; public ones always do
 * @param detailTypes the types of authorization details that are offered (RFC 9396)
 * @param security what more is demanded of requests
 */
public record Settings(
        Set<String> scopes,
        Set<String> responseTypes,
        Duration code,
        Duration accessToken,
        Duration idToken,
        Duration refreshToken,
        boolean pkceForAll,
        Set<String> detailTypes,
        Security security) {

    /** The scopes of OpenID Connect Core, 5.4 and 11, and {@code groups} for the names of groups. */
    public static final Set<String> STANDARD =
            Set.of("openid", "profile", "email", "address", "phone", "offline_access", "groups");

    /** How clients may prove who they are, where no profile takes some of these away; {@code none} for those that cannot. */
    private static final List<String> AUTH_METHODS = List.of(
            "client_secret_basic",
            "client_secret_post",
            "client_secret_jwt",
            "private_key_jwt",
            MutualTls.BY_AUTHORITY,
            MutualTls.BY_ITSELF,
            "none");

    public Settings {
        scopes = Set.copyOf(scopes);
        responseTypes = Set.copyOf(responseTypes);
        detailTypes = Set.copyOf(detailTypes);
    }

    /** All that clients may ask for. */
    public Set<String> allScopes() {
        Set<String> all = new HashSet<>(STANDARD);
        all.addAll(scopes);
        return all;
    }

    /** How clients may prove who they are at this moment, the usual first. */
    public List<String> authMethods(MutualTls tls) {
        return AUTH_METHODS.stream()
                .filter(security.clients().methods()::contains)
                .filter(tls::offers)
                .toList();
    }

    public boolean offers(String scope) {
        return STANDARD.contains(scope) || scopes.contains(scope);
    }
}
