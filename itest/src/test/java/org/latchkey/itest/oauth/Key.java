package org.latchkey.itest.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A key of a client (ES256): it proves that it has it (RFC 9449), and signs what it is to sign. */
public final class Key {

    private final ECKey key;

    public Key() {
        try {
            key = new ECKeyGenerator(Curve.P_256).keyID("k-1").generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** As a client is registered with it, in {@code jwks}. */
    public Map<String, Object> jwks() {
        return Map.of("keys", List.of(key.toPublicJWK().toJSONObject()));
    }

    public String thumbprint() {
        try {
            return key.computeThumbprint().toString();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The header of a request that proves the key. */
    public Map<String, String> proof(String method, String url, Map<String, Object> more) {
        Map<String, Object> claims = new LinkedHashMap<>(Map.of("htm", method, "htu", url));
        claims.put("iat", Instant.now().getEpochSecond());
        claims.put("jti", UUID.randomUUID().toString());
        claims.putAll(more);
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("dpop+jwt"))
                .jwk(key.toPublicJWK())
                .build();
        return Map.of("DPoP", signed(header, claims));
    }

    /** The claim that names an access token. */
    public static String hash(String accessToken) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(accessToken.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A signed JWT of a client. */
    public String signed(String type, Map<String, Object> claims) {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType(type))
                .keyID("k-1")
                .build();
        return signed(header, claims);
    }

    /** What a client authenticates itself with ({@code private_key_jwt}). */
    public Map<String, String> assertion(String client, String issuer) {
        long now = Instant.now().getEpochSecond();
        return Map.of(
                "client_assertion_type",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "client_assertion",
                signed(
                        "JWT",
                        Map.of(
                                "iss",
                                client,
                                "sub",
                                client,
                                "aud",
                                issuer,
                                "iat",
                                now,
                                "exp",
                                now + 60,
                                "jti",
                                UUID.randomUUID().toString())));
    }

    private String signed(JWSHeader header, Map<String, Object> claims) {
        try {
            SignedJWT jwt = new SignedJWT(header, JWTClaimsSet.parse(claims));
            jwt.sign(new ECDSASigner(key));
            return jwt.serialize();
        } catch (JOSEException | java.text.ParseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
