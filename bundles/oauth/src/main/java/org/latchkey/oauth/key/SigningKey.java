package org.latchkey.oauth.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A key ready for use, for one algorithm and no other. */
final class SigningKey {

    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private final String kid;
    private final JWSAlgorithm algorithm;
    private final JWSHeader plain;
    private final Signing signing;
    private final JWSVerifier verifier;

    /** Encoded once for each type, of which there are as many as the server has kinds of tokens. */
    private final Map<String, Head> heads = new ConcurrentHashMap<>();

    private record Head(byte[] encodedAndDot) {}

    SigningKey(StoredKey stored, KeyPairs pairs) {
        this.kid = stored.kid();
        this.algorithm = stored.algorithm();
        this.plain = new JWSHeader(algorithm);
        JWK jwk = stored.jwk();
        try {
            this.signing = Signing.of(algorithm, pairs.privateKey(jwk), pairs.provider(jwk));
            this.verifier = verifier(pairs.publicKey(jwk), jwk, pairs);
        } catch (GeneralSecurityException | JOSEException quotesTheKey) {
            throw new IllegalStateException("The key " + kid + " cannot be used for " + algorithm);
        }
    }

    private JWSVerifier verifier(PublicKey key, JWK jwk, KeyPairs pairs) throws JOSEException {
        if (JWSAlgorithm.EdDSA.equals(algorithm)) {
            return new Ed25519Verifier(key, pairs.provider(jwk));
        }
        JWSVerifier made =
                key instanceof RSAPublicKey rsa ? new RSASSAVerifier(rsa) : new ECDSAVerifier((ECPublicKey) key);
        pairs.provider(jwk).ifPresent(made.getJCAContext()::setProvider);
        return made;
    }

    /** A compact JWS (RFC 7515) of those claims. */
    String sign(JOSEObjectType type, byte[] claims) {
        Head head = heads.computeIfAbsent(type.getType(), name -> head(type));
        byte[] payload = URL.encode(claims);
        byte[] input = new byte[head.encodedAndDot.length + payload.length];
        System.arraycopy(head.encodedAndDot, 0, input, 0, head.encodedAndDot.length);
        System.arraycopy(payload, 0, input, head.encodedAndDot.length, payload.length);
        try {
            byte[] signature = URL.encode(signing.sign(input));
            byte[] all = Arrays.copyOf(input, input.length + 1 + signature.length);
            all[input.length] = '.';
            System.arraycopy(signature, 0, all, input.length + 1, signature.length);
            return new String(all, StandardCharsets.ISO_8859_1);
        } catch (GeneralSecurityException | JOSEException e) {
            throw new IllegalStateException("The key " + kid + " does not sign", e);
        }
    }

    private Head head(JOSEObjectType type) {
        JWSHeader header =
                new JWSHeader.Builder(algorithm).type(type).keyID(kid).build();
        return new Head((header.toBase64URL() + ".").getBytes(StandardCharsets.US_ASCII));
    }

    /** Whether the token says that it is of exactly this algorithm, and its signature is good. */
    boolean verifies(CompactToken token) {
        if (!algorithm.getName().equals(token.algorithm())) {
            return false;
        }
        try {
            return verifier.verify(plain, token.signingInput(), token.signature());
        } catch (JOSEException e) {
            throw new IllegalStateException("The key " + kid + " does not verify", e);
        }
    }

    @Override
    public String toString() {
        return "SigningKey[" + kid + " " + algorithm + "]";
    }
}
