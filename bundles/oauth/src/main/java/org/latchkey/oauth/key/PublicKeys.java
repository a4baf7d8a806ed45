package org.latchkey.oauth.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.Set;

/** Verifies what others signed, by their public keys. */
public final class PublicKeys {

    /** What others may sign by: all that is asymmetric. */
    public static final Set<JWSAlgorithm> ALGORITHMS = SigningKeys.ABLE;

    private static final int LEAST_RSA_BITS = 2_048;
    private static final KeyPairs PAIRS = new KeyPairs(Optional.empty());

    private PublicKeys() {}

    /** A verifier for what this key signs; nothing if it is symmetric, too short, or of a curve that is not offered. */
    public static Optional<JWSVerifier> verifier(JWK key) {
        try {
            if (key instanceof RSAKey rsa) {
                return rsa.size() >= LEAST_RSA_BITS
                        ? Optional.of(new RSASSAVerifier(rsa.toPublicJWK()))
                        : Optional.empty();
            }
            if (key instanceof OctetKeyPair octets && Curve.Ed25519.equals(octets.getCurve())) {
                return Optional.of(new Ed25519Verifier(PAIRS.publicKey(octets.toPublicJWK()), Optional.empty()));
            }
            return key instanceof ECKey ec && !Curve.SECP256K1.equals(ec.getCurve())
                    ? Optional.of(new ECDSAVerifier(ec.toPublicJWK()))
                    : Optional.empty();
        } catch (JOSEException | GeneralSecurityException unfit) {
            return Optional.empty();
        }
    }
}
