package org.latchkey.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Principal;
import org.latchkey.testkit.MemoryDirectory;
import org.latchkey.testkit.MemoryStore;

public class JwtTokensTest {

    private static final String ISSUER = "https://id.example.org";

    private final MemoryStore store = new MemoryStore();
    private final MemoryDirectory directory = new MemoryDirectory();
    private final MovingClock clock = new MovingClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final JwtTokens tokens = tokens();

    private JwtTokens tokens() {
        return new JwtTokens(store, directory, ISSUER, new FakeConfig(), clock);
    }

    private String tokenOfAlice() {
        directory.entities.put(
                "alice", Entity.named("alice").withNumber(7).withCapabilities(Set.of(Capability.LOCK_ENTITY)));
        return tokens.issue(alice()).value();
    }

    private static Principal alice() {
        return new Principal("alice", "directory", Set.of("ops"), Set.of(Capability.LOCK_ENTITY));
    }

    @Test
    public void row69_aTokenSaysWhoWhatAndForHowLong() throws Exception {
        JWTClaimsSet claims = SignedJWT.parse(tokenOfAlice()).getJWTClaimsSet();
        assertThat(claims.getSubject()).isEqualTo("alice");
        assertThat(claims.getIssuer()).isEqualTo(ISSUER);
        assertThat(claims.getStringListClaim("capabilities")).containsExactly("LOCK_ENTITY");
        assertThat(Duration.between(
                        claims.getNotBeforeTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    public void aTokenIsTheEntityAsItIsNow() {
        String token = tokenOfAlice();
        assertThat(tokens.validate(token).orElseThrow().capabilities()).containsExactly(Capability.LOCK_ENTITY);
        directory.entities.put("alice", Entity.named("alice").withNumber(7));
        assertThat(tokens.validate(token).orElseThrow().capabilities()).isEmpty();
    }

    @Test
    public void row70_othersCheckItOfflineWithThePublicKeys() throws Exception {
        SignedJWT token = SignedJWT.parse(tokenOfAlice());
        RSAKey key = (RSAKey)
                JWKSet.parse(tokens.keySet()).getKeyByKeyId(token.getHeader().getKeyID());
        assertThat(key.isPrivate()).isFalse();
        assertThat(token.verify(new RSASSAVerifier(key))).isTrue();
    }

    @Test
    public void row70_forgedTokensAreNobodys() throws Exception {
        String token = tokenOfAlice();
        String[] parts = token.split("\\.");
        SignedJWT good = SignedJWT.parse(token);
        JWTClaimsSet claims = good.getJWTClaimsSet();
        String keyId = good.getHeader().getKeyID();
        RSAKey foreign = new RSAKeyGenerator(2048).keyID(keyId).generate();
        SignedJWT byForeignKey = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keyId).build(), claims);
        byForeignKey.sign(new RSASSASigner(foreign));
        SignedJWT byPublicKeyAsSecret = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(keyId).build(), claims);
        byPublicKeyAsSecret.sign(new MACSigner(tokens.keySet().getBytes()));
        for (String forged : new String[] {
            "",
            "x",
            "a.b.c",
            token.substring(0, token.length() - 4) + "AAAA",
            parts[0] + "." + parts[1] + ".",
            base64("{\"alg\":\"none\"}") + "." + parts[1] + ".",
            parts[0] + "." + base64("{\"sub\":\"root\"}") + "." + parts[2],
            byForeignKey.serialize(),
            byPublicKeyAsSecret.serialize(),
            "x".repeat(1_000_000)
        }) {
            assertThat(tokens.validate(forged))
                    .as(forged.substring(0, Math.min(40, forged.length())))
                    .isEmpty();
        }
        assertThat(tokens.validate(token)).isPresent();
    }

    @Test
    public void row70_anExpiredTokenIsNobodysAlsoWhenItWasSeenBefore() {
        String token = tokenOfAlice();
        assertThat(tokens.validate(token)).isPresent();
        clock.advance(Duration.ofMinutes(10));
        assertThat(tokens.validate(token)).isEmpty();
    }

    @Test
    public void row70_aTokenForSomebodyElseIsNobodysHere() throws Exception {
        tokenOfAlice();
        RSAKey key = RSAKey.parse(store.list("signing-key", "", "", 1).get(0).body());
        SignedJWT elsewhere = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                new JWTClaimsSet.Builder()
                        .issuer(ISSUER)
                        .audience("another")
                        .subject("alice")
                        .expirationTime(Date.from(clock.instant().plusSeconds(60)))
                        .build());
        elsewhere.sign(new RSASSASigner(key));
        assertThat(tokens.validate(elsewhere.serialize())).isEmpty();
    }

    @Test
    public void row71_afterARotationOldTokensStayValidAndNewOnesHaveTheNewKey() throws Exception {
        String old = tokenOfAlice();
        String key = tokens.rotate();
        String fresh = tokens.issue(alice()).value();
        assertThat(tokens.validate(old)).isPresent();
        assertThat(tokens.validate(fresh)).isPresent();
        assertThat(SignedJWT.parse(fresh).getHeader().getKeyID()).isEqualTo(key);
        assertThat(JWKSet.parse(tokens.keySet()).getKeys()).hasSize(2);
    }

    @Test
    public void row71_aKeyThatSignedNothingAliveIsDroppedByALaterRotation() throws Exception {
        tokenOfAlice();
        clock.advance(Duration.ofMinutes(1));
        tokens.rotate();
        clock.advance(Duration.ofMinutes(11));
        tokens.rotate();
        assertThat(JWKSet.parse(tokens.keySet()).getKeys()).hasSize(2);
    }

    @Test
    public void keysSurviveARestartAndReachOtherNodes() {
        JwtTokens other = tokens();
        String token = tokenOfAlice();
        assertThat(tokens().validate(token)).isPresent();
        assertThat(other.validate(token)).isPresent();
    }

    @Test
    public void row72_lockAndDestroyEndATokenAtOnce() {
        String token = tokenOfAlice();
        directory.entities.put("alice", Entity.named("alice").withNumber(7).withLocked(true));
        assertThat(tokens.validate(token)).isEmpty();
        directory.entities.put("alice", Entity.named("alice").withNumber(7));
        assertThat(tokens.validate(token)).isPresent();
        directory.entities.remove("alice");
        assertThat(tokens.validate(token)).isEmpty();
    }

    @Test
    public void aNewEntityOfTheSameNameIsSomebodyElse() {
        String token = tokenOfAlice();
        directory.entities.put("alice", Entity.named("alice").withNumber(8));
        assertThat(tokens.validate(token)).isEmpty();
    }

    @Test
    public void aTokenIsNotPrinted() {
        directory.entities.put("alice", Entity.named("alice").withNumber(7));
        var token = tokens.issue(alice());
        assertThat(token.toString()).doesNotContain(token.value()).contains("expiresAt");
        assertThat(Optional.of(token).toString()).doesNotContain(token.value());
    }

    private static String base64(String text) {
        return java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes());
    }
}
