package org.latchkey.oauth.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.latchkey.api.oauth.Grant.Granted;
import org.latchkey.oauth.Settings;
import org.latchkey.oauth.authorization.Authorization;
import org.latchkey.oauth.authorization.Authorization.Owner;
import org.latchkey.oauth.authorization.Authorizations;
import org.latchkey.oauth.authorization.Authorizations.Issued;
import org.latchkey.oauth.client.RegisteredClient;
import org.latchkey.oauth.dpop.Binding;

/** Turns what a plugin's grant has granted into tokens. What it grants for somebody hangs on an authorization, like a code. */
final class GrantedAnswers {

    private final Settings settings;
    private final Authorizations authorizations;
    private final Owners owners;
    private final TokenAnswers answers;
    private final Clock clock;

    GrantedAnswers(Settings settings, Authorizations authorizations, Owners owners, TokenAnswers answers, Clock clock) {
        this.settings = settings;
        this.authorizations = authorizations;
        this.owners = owners;
        this.answers = answers;
        this.clock = clock;
    }

    Map<String, Object> of(RegisteredClient client, Granted granted, Binding binding) {
        Map<String, Object> answer = new LinkedHashMap<>(
                granted.owner().isPresent()
                        ? forOwner(client, granted, granted.owner().get(), binding)
                        : answers.forItself(
                                client,
                                granted.scope(),
                                granted.audience(),
                                granted.life().orElse(settings.accessToken()),
                                binding));
        answer.putAll(granted.answer());
        return answer;
    }

    private Map<String, Object> forOwner(
            RegisteredClient client, Granted granted, org.latchkey.api.oauth.Grant.Owner granting, Binding binding) {
        Owner owner = new Owner(
                granting.principal().id(),
                owners.number(granting.principal().id()),
                granting.principal().source(),
                granting.session(),
                granting.authenticatedAt(),
                granting.claims());
        Instant now = clock.instant();
        boolean refreshable = granted.refreshable() && client.grantTypes().contains(RefreshGrant.TYPE);
        Duration life = refreshable ? settings.refreshToken() : granted.life().orElse(settings.accessToken());
        Issued issued = authorizations.add(new Authorization(
                client.id(),
                owner,
                granted.scope(),
                granted.audience(),
                Map.of(),
                binding.keptFor(client),
                now,
                now.plus(life),
                granted.scope().contains("offline_access"),
                "",
                true));
        Map<String, Object> answer = answers.of(client, issued, granted.scope(), granted.audience(), binding);
        if (!refreshable) {
            answer.remove("refresh_token");
        }
        return answer;
    }
}
