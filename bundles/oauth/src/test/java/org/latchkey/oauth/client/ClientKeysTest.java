package org.latchkey.oauth.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.oauth.Client;
import org.latchkey.testkit.MovableClock;

public class ClientKeysTest {

    private static final String URI_OF_KEYS = "https://app.example/jwks";

    private final MovableClock clock = new MovableClock(Instant.parse("2030-01-01T00:00:00Z"));
    private final ClientKeys keys = new ClientKeys(this::fetch, clock);
    private final RegisteredClient client =
            new RegisteredClient(new Client("app", Map.of("jwks_uri", URI_OF_KEYS), List.of(), false, Set.of()));

    private String published = "";
    private int fetches;

    private String fetch(URI uri) throws IOException {
        fetches++;
        assertThat(uri).hasToString(URI_OF_KEYS);
        if (published.isEmpty()) {
            throw new IOException("down");
        }
        return published;
    }

    private static ECKey key(String id) throws JOSEException {
        return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    }

    private void publish(ECKey... all) {
        published = new JWKSet(List.of(all)).toString(true);
    }

    private boolean isSignedBy(ECKey key) throws JOSEException {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
                new JWTClaimsSet.Builder().subject("app").build());
        jwt.sign(new ECDSASigner(key));
        return keys.isSignedBy(client, jwt);
    }

    @Test
    public void oidcc_registration_jwks_uri_keysAreFetchedAndKept() throws Exception {
        ECKey one = key("1");
        publish(one);
        assertThat(isSignedBy(one)).isTrue();
        assertThat(isSignedBy(one)).isTrue();
        assertThat(fetches).isEqualTo(1);
    }

    @Test
    public void oidcc_refresh_token_rp_key_rotation_anUnknownKeyIsLookedForAtMostOnceAMinute() throws Exception {
        ECKey one = key("1");
        publish(one);
        isSignedBy(one);
        ECKey two = key("2");
        publish(two);
        for (int i = 0; i < 5; i++) {
            assertThat(isSignedBy(two)).isFalse();
        }
        assertThat(fetches).isEqualTo(1);
        clock.advance(ClientKeys.PAUSE);
        assertThat(isSignedBy(two)).isTrue();
        assertThat(isSignedBy(one)).isFalse();
        assertThat(fetches).isEqualTo(2);
    }

    @Test
    public void aKeyThatWasChangedUnderItsNameIsLookedForToo() throws Exception {
        ECKey one = key("1");
        publish(one);
        isSignedBy(one);
        ECKey other = key("1");
        publish(other);
        clock.advance(ClientKeys.PAUSE);
        assertThat(isSignedBy(other)).isTrue();
    }

    @Test
    public void whatIsTooOldAndCannotBeFetchedIsNotUsed() throws Exception {
        ECKey one = key("1");
        publish(one);
        isSignedBy(one);
        published = "";
        clock.advance(ClientKeys.FRESH.minusSeconds(1));
        assertThat(isSignedBy(one)).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(isSignedBy(one)).isFalse();
        assertThat(isSignedBy(one)).isFalse();
        assertThat(fetches).isEqualTo(2);
        publish(one);
        clock.advance(ClientKeys.PAUSE);
        assertThat(isSignedBy(one)).isTrue();
    }

    @Test
    public void whatIsNoKeySetHarmsNobody() throws Exception {
        for (String bad : List.of("<html>", "[]", "{}", "{\"keys\":[1]}", "{\"keys\":[{\"kty\":\"EC\"}]}")) {
            published = bad;
            clock.advance(ClientKeys.PAUSE);
            assertThat(isSignedBy(key("1"))).as(bad).isFalse();
        }
        assertThat(fetches).isEqualTo(5);
    }
}
