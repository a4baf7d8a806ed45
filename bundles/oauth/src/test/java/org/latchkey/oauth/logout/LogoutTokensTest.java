package org.latchkey.oauth.logout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.Test;

public class LogoutTokensTest {

    private final World world = new World();
    private final LogoutTokens tokens = new LogoutTokens(world.issuer, world.keys, world.clock);

    @Test
    public void O_31_itSaysWhatHasEndedAndNothingOfAnId() {
        String token = tokens.mint(world.clients.find("app").orElseThrow(), "ada", "sid-1");
        Map<String, Object> claims = world.keys.verify(token, LogoutTokens.TYPE).orElseThrow();
        long now = world.clock.instant().getEpochSecond();
        assertThat(claims)
                .containsOnlyKeys("iss", "aud", "iat", "exp", "jti", "sub", "sid", "events")
                .containsEntry("iss", "https://id.example/oidc")
                .containsEntry("aud", "app")
                .containsEntry("sub", "ada")
                .containsEntry("sid", "sid-1")
                .containsEntry("iat", now)
                .containsEntry("exp", now + 120)
                .containsEntry("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
    }

    @Test
    public void O_31_itIsNoIdTokenAndNoHint() {
        String token = tokens.mint(world.clients.find("app").orElseThrow(), "ada", "sid-1");
        assertThat(world.idTokens.ours(token)).isEmpty();
    }

    @Test
    public void eachHasAnIdOfItsOwn() {
        var app = world.clients.find("app").orElseThrow();
        assertThat(tokens.mint(app, "ada", "sid-1")).isNotEqualTo(tokens.mint(app, "ada", "sid-1"));
    }
}
