package org.latchkey.oauth.authorize;

import java.time.Clock;
import org.latchkey.api.service.Authentication;
import org.latchkey.api.service.SignIn;
import org.latchkey.oauth.Issuer;
import org.latchkey.oauth.Settings;
import org.latchkey.oauth.authorization.Authorizations;
import org.latchkey.oauth.client.Clients;
import org.latchkey.oauth.key.Seal;
import org.latchkey.oauth.key.SigningKeys;
import org.latchkey.oauth.logout.Logout;
import org.latchkey.oauth.par.PushedRequests;
import org.latchkey.oauth.scope.Entitlements;
import org.latchkey.oauth.token.IdTokens;
import org.latchkey.oauth.token.Owners;
import org.latchkey.oauth.token.StandardClaims;
import org.latchkey.oauth.token.Subjects;
import org.latchkey.oauth.token.TokenAnswers;

/**
 * The parts of the server that the authorization endpoint works with.
 *
 * @param clients who may ask
 * @param signIn where people sign in
 * @param seal of what goes through the browser
 * @param pushed what clients have pushed
 * @param sources where parameters are
 * @param keys sign answers
 * @param entitlements what people may have, and have to prove for it
 */
public record AuthorizeParts(
        Issuer issuer,
        Settings settings,
        Clients clients,
        SignIn signIn,
        Authentication authentication,
        Consents consents,
        Authorizations authorizations,
        Owners owners,
        Subjects subjects,
        IdTokens idTokens,
        StandardClaims claims,
        TokenAnswers tokens,
        Logout logout,
        Seal seal,
        PushedRequests pushed,
        RequestSources sources,
        SigningKeys keys,
        Entitlements entitlements,
        Clock clock) {}
