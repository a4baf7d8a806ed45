package org.latchkey.oauth.client;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jwt.SignedJWT;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** Signatures with Ed25519 (RFC 8037) by the JDK: the JOSE library leaves them to a library of its own for them. */
final class EdwardsSignature {

    private static final String ALGORITHM = "Ed25519";
    private static final int KEY_BYTES = 32;

    /** What comes before a key in its X.509 form (RFC 8410, 4). */
    private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private EdwardsSignature() {}

    /** Whether a JWT is signed with that key. One with critical headers is not: none are known here (RFC 7515, 4.1.11). */
    static boolean isBy(OctetKeyPair key, SignedJWT jwt) {
        byte[] point = key.getX().decode();
        boolean isUsable = Curve.Ed25519.equals(key.getCurve())
                && point.length == KEY_BYTES
                && jwt.getHeader().getCriticalParams() == null;
        try {
            return isUsable && isBy(parsed(point), jwt);
        } catch (GeneralSecurityException malformed) {
            return false; // such as a signature of another length, or a point that is on no curve
        }
    }

    private static boolean isBy(PublicKey key, SignedJWT jwt) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(ALGORITHM);
        signature.initVerify(key);
        signature.update(jwt.getSigningInput());
        return signature.verify(jwt.getSignature().decode());
    }

    private static PublicKey parsed(byte[] point) throws GeneralSecurityException {
        byte[] encoded = ByteBuffer.allocate(PREFIX.length + KEY_BYTES)
                .put(PREFIX)
                .put(point)
                .array();
        return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
    }
}
