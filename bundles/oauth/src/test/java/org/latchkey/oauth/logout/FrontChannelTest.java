package org.latchkey.oauth.logout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.Test;
import org.latchkey.api.oauth.ClientRegistry;
import org.latchkey.oauth.logout.FrontChannel.Frame;
import org.latchkey.oauth.token.IdTokens;

public class FrontChannelTest {

    private final World world = new World();
    private final FrontChannel frontChannel = new FrontChannel(world.issuer, world.clients);

    @Test
    public void row142_aFrameForEachClientWithAnAddress() {
        world.client("plain", Map.of("frontchannel_logout_uri", "https://plain.example/out"));
        world.client(
                "told",
                Map.of(
                        "frontchannel_logout_uri",
                        "https://told.example:8443/out?a=1",
                        "frontchannel_logout_session_required",
                        true));
        assertThat(frontChannel.frames("s1", List.of("app", "gone", "plain", "told")))
                .containsExactly(
                        new Frame("https://plain.example/out", "https://plain.example"),
                        new Frame(
                                "https://told.example:8443/out?a=1&iss=https%3A%2F%2Fid.example%2Foidc&sid="
                                        + IdTokens.sessionId("s1"),
                                "https://told.example:8443"));
    }

    @Test
    public void whatIsNoAddressOfTheWebIsNoFrame() {
        world.client("bad", Map.of("frontchannel_logout_uri", "javascript:alert(1)"));
        assertThat(frontChannel.frames("s1", List.of("bad"))).isEmpty();
    }

    @Test
    public void aRegistryThatFailsKeepsNobodySignedIn() {
        world.points.clear(ClientRegistry.class);
        world.points.add(ClientRegistry.class, (instance, id) -> {
            throw new IllegalStateException("broken");
        });
        assertThat(frontChannel.frames("s1", List.of("app"))).isEmpty();
    }
}
