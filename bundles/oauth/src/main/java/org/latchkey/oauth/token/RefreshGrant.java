package org.latchkey.oauth.token;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.oauth.Parameters;
import org.latchkey.oauth.Refused;
import org.latchkey.oauth.Settings;
import org.latchkey.oauth.authorization.Authorization;
import org.latchkey.oauth.authorization.Authorizations;
import org.latchkey.oauth.authorization.Authorizations.Live;
import org.latchkey.oauth.authorization.Authorizations.Redeemed;
import org.latchkey.oauth.authorization.Authorizations.Redemption;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.dpop.Binding;

/**
 * The refresh token grant (RFC 6749, 6). Each refresh token is good once and is replaced by the next; a second use ends the
 * whole authorization, for one of the two was a thief (RFC 9700, 4.14.2). They stay as they are where tokens are of no use to
 * thieves anyway, and clients should not lose theirs with a lost answer (FAPI 2.0 Security Profile, 5.3.2.1).
 */
final class RefreshGrant implements BuiltInGrant {

    static final String TYPE = "refresh_token";

    private final Settings settings;
    private final Authorizations authorizations;
    private final Owners owners;
    private final TokenAnswers answers;
    private final Clock clock;

    RefreshGrant(Settings settings, Authorizations authorizations, Owners owners, TokenAnswers answers, Clock clock) {
        this.settings = settings;
        this.authorizations = authorizations;
        this.owners = owners;
        this.answers = answers;
        this.clock = clock;
    }

    @Override
    public Map<String, Object> answer(RegisteredClient client, Parameters parameters, Binding binding) throws Refused {
        String token = parameters.require("refresh_token");
        Optional<Live> live = authorizations.peek(token);
        if (live.isEmpty()) {
            throw notGood();
        }
        Authorization authorization = live.get().authorization();
        tokenIsOfThisClient(live.get(), client);
        binding.requireSameAs(authorization);
        Set<String> scope = Scopes.within(authorization.scope(), parameters.get("scope"));
        List<String> audience = Audience.within(authorization.resources(), parameters.all("resource"));
        ownerIsThere(live.get());
        Redemption redemption = redeem(token, clock.instant().plus(settings.refreshToken()));
        if (redemption instanceof Redeemed redeemed) {
            return answers.of(client, redeemed.next(), scope, audience, binding);
        }
        throw notGood();
    }

    private Redemption redeem(String token, Instant end) {
        return settings.security().rotates()
                ? authorizations.redeemRefresh(token, end)
                : authorizations.renewRefresh(token, end);
    }

    private void tokenIsOfThisClient(Live live, RegisteredClient client) throws Refused {
        if (!live.authorization().client().equals(client.id())) {
            authorizations.end(live.key());
            throw notGood();
        }
    }

    private void ownerIsThere(Live live) throws Refused {
        owners.requireSources(live.authorization());
        if (!owners.lasts(live.authorization())) {
            authorizations.end(live.key());
            throw notGood();
        }
    }

    private static Refused notGood() {
        return Refused.of("invalid_grant", "The refresh token is not good, or not any more.");
    }
}
