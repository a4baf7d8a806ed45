package org.latchkey.oauth.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import org.junit.Test;

public class PublicKeysTest {

    private final KeyPairs pairs = new KeyPairs(Optional.empty());

    @Test
    public void ed25519IsVerified() throws Exception {
        JWK key = pairs.generate(JWSAlgorithm.EdDSA);
        SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.EdDSA), new JWTClaimsSet.Builder().build());
        jwt.sign(new Ed25519Signer(pairs.privateKey(key), Optional.empty()));
        assertThat(jwt.verify(PublicKeys.verifier(key.toPublicJWK()).orElseThrow()))
                .isTrue();
        JWK other = pairs.generate(JWSAlgorithm.EdDSA).toPublicJWK();
        assertThat(jwt.verify(PublicKeys.verifier(other).orElseThrow())).isFalse();
    }

    @Test
    public void o14_keysThatAreTooWeakAreNone() throws Exception {
        KeyPairGenerator short1024 = KeyPairGenerator.getInstance("RSA");
        short1024.initialize(1024);
        JWK rsa = new RSAKey.Builder((RSAPublicKey) short1024.generateKeyPair().getPublic()).build();
        assertThat(PublicKeys.verifier(rsa)).isEmpty();
        assertThat(PublicKeys.verifier(new OctetSequenceKey.Builder(new byte[32]).build()))
                .isEmpty();
        assertThat(PublicKeys.verifier(new OctetKeyPair.Builder(Curve.X25519, Base64URL.encode(new byte[32])).build()))
                .isEmpty();
        assertThat(PublicKeys.verifier(new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(new byte[31])).build()))
                .isEmpty();
        assertThat(PublicKeys.verifier(new ECKeyGenerator(Curve.P_521).generate()))
                .isPresent();
    }
}
