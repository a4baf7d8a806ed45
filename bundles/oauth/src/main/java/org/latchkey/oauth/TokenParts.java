package org.latchkey.oauth;

import java.time.Clock;
import org.latchkey.oauth.client.Clients;
import org.latchkey.oauth.key.SigningKeys;
import org.latchkey.oauth.scope.Acrs;
import org.latchkey.oauth.scope.Entitlements;
import org.latchkey.oauth.token.AccessTokens;
import org.latchkey.oauth.token.GivenNames;
import org.latchkey.oauth.token.IdTokens;
import org.latchkey.oauth.token.Inspection;
import org.latchkey.oauth.token.Owners;
import org.latchkey.oauth.token.Sources;
import org.latchkey.oauth.token.StandardClaims;
import org.latchkey.oauth.token.Subjects;
import org.latchkey.oauth.token.TokenAnswers;

/** How an instance makes tokens, and tells whose they are and what they are good for. */
record TokenParts(
        Owners owners,
        Subjects subjects,
        StandardClaims claims,
        IdTokens idTokens,
        TokenAnswers answers,
        Inspection inspection,
        Entitlements entitlements) {

    static TokenParts of(
            Issuer issuer,
            Settings settings,
            Acrs acrs,
            Holdings holdings,
            Clients clients,
            Surroundings around,
            Clock clock) {
        String mount = holdings.mount();
        SigningKeys keys = holdings.keys();
        Owners owners = new Owners(around.directory(), around.sessions(), new Sources(around.points()));
        Subjects subjects =
                new Subjects(holdings.seal(Subjects.PURPOSE), new GivenNames(holdings.store(), mount), owners);
        StandardClaims claims = new StandardClaims(owners);
        IdTokens idTokens = new IdTokens(issuer, keys, settings.idToken(), clock);
        return new TokenParts(
                owners,
                subjects,
                claims,
                idTokens,
                new TokenAnswers(settings, subjects, new AccessTokens(issuer, keys, clock), idTokens, claims),
                new Inspection(issuer, keys, holdings.authorizations(), holdings.revoked(), owners, clients, clock),
                new Entitlements(
                        mount,
                        around.scopes(),
                        acrs,
                        around.schemes(),
                        around.sessions(),
                        around.authentication(),
                        clock));
    }
}
