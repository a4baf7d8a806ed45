package org.latchkey.oauth.token;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latchkey.oauth.Parameters;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.Settings;
import org.latchkey.oauth.authorization.Authorization;
import org.latchkey.oauth.authorization.Authorizations;
import org.latchkey.oauth.authorization.Authorizations.Live;
import org.latchkey.oauth.authorization.Authorizations.Redeemed;
import org.latchkey.oauth.authorization.Authorizations.Redemption;
import org.latchkey.oauth.authorize.Pkce;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.dpop.Binding;

/**
 * The authorization code grant (RFC 6749, 4.1.3). What is wrong with a request for a code that is good does not use it up,
 * unless it came from another client: that one must have stolen it.
 */
final class CodeGrant implements BuiltInGrant {

    static final String TYPE = "authorization_code";

    private final Settings settings;
    private final Authorizations authorizations;
    private final Owners owners;
    private final TokenAnswers answers;
    private final Clock clock;

    CodeGrant(Settings settings, Authorizations authorizations, Owners owners, TokenAnswers answers, Clock clock) {
        this.settings = settings;
        this.authorizations = authorizations;
        this.owners = owners;
        this.answers = answers;
        this.clock = clock;
    }

    @Override
    public Map<String, Object> answer(RegisteredClient client, Parameters parameters, Binding binding) throws Refused {
        String code = parameters.require("code");
        Optional<Live> live = authorizations.peek(code);
        if (live.isPresent()) {
            codeIsOfThisClient(live.get(), client);
            codeIsInTime(live.get().authorization());
            redirectUriIsTheSame(live.get().authorization(), parameters);
            Pkce.requireFit(live.get().authorization().requested("code_challenge"), parameters.get("code_verifier"));
            binding.requireSameAs(live.get().authorization());
            ownerIsThere(live.get());
        }
        List<String> audience = live.isPresent()
                ? Audience.within(live.get().authorization().resources(), parameters.all("resource"))
                : List.of();
        Redemption redemption =
                authorizations.redeemCode(code, clock.instant().plus(life(client)), binding.keptFor(client));
        if (redemption instanceof Redeemed redeemed) {
            return answers.of(
                    client, redeemed.next(), live.orElseThrow().authorization().scope(), audience, binding);
        }
        throw Refused.of("invalid_grant", "The code is not good, or not any more.");
    }

    /** How long something hangs on the authorization: refresh tokens, or at least access tokens. */
    private Duration life(RegisteredClient client) {
        return client.grantTypes().contains(RefreshGrant.TYPE) ? settings.refreshToken() : settings.accessToken();
    }

    private void codeIsOfThisClient(Live live, RegisteredClient client) throws Refused {
        if (!live.authorization().client().equals(client.id())) {
            authorizations.end(live.key());
            throw Refused.of("invalid_grant", "The code is not good, or not any more.");
        }
    }

    private void codeIsInTime(Authorization authorization) throws Refused {
        if (authorization.isTooLateToRedeem(settings.code(), clock.instant())) {
            throw Refused.of("invalid_grant", "The code is not good, or not any more.");
        }
    }

    private static void redirectUriIsTheSame(Authorization authorization, Parameters parameters) throws Refused {
        if (!authorization.requested("redirect_uri").equals(parameters.get("redirect_uri"))) {
            throw Refused.of("invalid_grant", "The redirect_uri is not the one the code was asked for with.");
        }
    }

    private void ownerIsThere(Live live) throws Refused {
        owners.requireSources(live.authorization());
        if (!owners.lasts(live.authorization())) {
            authorizations.end(live.key());
            throw Refused.of("invalid_grant", "The code is not good, or not any more.");
        }
    }
}
