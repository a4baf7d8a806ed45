package org.latchkey.oauth.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Makes key pairs as JSON Web Keys (RFC 7517, RFC 8037) and turns those into what the provider signs with. */
final class KeyPairs {

    static final String ED25519 = "Ed25519";

    private static final int RSA_BITS = 2048;
    private static final int ED25519_BYTES = 32;

    /** What stands before the 32 bytes of an Ed25519 key in PKCS #8 and in X.509 (RFC 8410). */
    private static final byte[] ED25519_PRIVATE = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private static final byte[] ED25519_PUBLIC = HexFormat.of().parseHex("302a300506032b6570032100");

    private final Optional<Provider> provider;

    KeyPairs(Optional<Provider> provider) {
        this.provider = provider;
    }

    /** A new private key whose kid is its thumbprint (RFC 7638). */
    JWK generate(JWSAlgorithm algorithm) {
        try {
            if (JWSAlgorithm.Family.RSA.contains(algorithm)) {
                return rsa(algorithm);
            }
            return JWSAlgorithm.Family.EC.contains(algorithm) ? ec(algorithm) : ed25519();
        } catch (GeneralSecurityException | JOSEException impossible) {
            throw new IllegalStateException("No key for " + algorithm + " can be made", impossible);
        }
    }

    private JWK rsa(JWSAlgorithm algorithm) throws GeneralSecurityException, JOSEException {
        KeyPairGenerator generator = generator("RSA");
        generator.initialize(RSA_BITS);
        KeyPair pair = generator.generateKeyPair();
        return new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                .privateKey(pair.getPrivate())
                .algorithm(algorithm)
                .keyUse(KeyUse.SIGNATURE)
                .keyIDFromThumbprint()
                .build();
    }

    private JWK ec(JWSAlgorithm algorithm) throws GeneralSecurityException, JOSEException {
        Curve curve = curve(algorithm);
        KeyPairGenerator generator = generator("EC");
        generator.initialize(curve.toECParameterSpec());
        KeyPair pair = generator.generateKeyPair();
        return new ECKey.Builder(curve, (ECPublicKey) pair.getPublic())
                .privateKey(pair.getPrivate())
                .algorithm(algorithm)
                .keyUse(KeyUse.SIGNATURE)
                .keyIDFromThumbprint()
                .build();
    }

    /** By the platform alone: it needs no speed, and its encoding is known to end with the key. */
    private static JWK ed25519() throws GeneralSecurityException, JOSEException {
        KeyPair pair = KeyPairGenerator.getInstance(ED25519).generateKeyPair();
        return new OctetKeyPair.Builder(Curve.Ed25519, last32(pair.getPublic().getEncoded(), ED25519_PUBLIC))
                .d(last32(pair.getPrivate().getEncoded(), ED25519_PRIVATE))
                .algorithm(JWSAlgorithm.EdDSA)
                .keyUse(KeyUse.SIGNATURE)
                .keyIDFromThumbprint()
                .build();
    }

    private static Base64URL last32(byte[] encoded, byte[] prefix) throws GeneralSecurityException {
        if (encoded.length != prefix.length + ED25519_BYTES
                || !Arrays.equals(prefix, Arrays.copyOf(encoded, prefix.length))) {
            throw new GeneralSecurityException("The platform writes Ed25519 keys in another way than RFC 8410");
        }
        return Base64URL.encode(Arrays.copyOfRange(encoded, prefix.length, encoded.length));
    }

    static Curve curve(JWSAlgorithm algorithm) {
        return Curve.forJWSAlgorithm(algorithm).iterator().next();
    }

    /** In the provider's own form, so that it need not be translated again for each signature. */
    PrivateKey privateKey(JWK jwk) throws GeneralSecurityException, JOSEException {
        byte[] encoded = jwk instanceof OctetKeyPair octets
                ? join(ED25519_PRIVATE, octets.getDecodedD())
                : jwk instanceof RSAKey rsa
                        ? rsa.toPrivateKey().getEncoded()
                        : jwk.toECKey().toPrivateKey().getEncoded();
        return factory(jwk).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    /** In the provider's own form. */
    PublicKey publicKey(JWK jwk) throws GeneralSecurityException, JOSEException {
        byte[] encoded = jwk instanceof OctetKeyPair octets
                ? join(ED25519_PUBLIC, octets.getDecodedX())
                : jwk instanceof RSAKey rsa
                        ? rsa.toPublicKey().getEncoded()
                        : jwk.toECKey().toPublicKey().getEncoded();
        return factory(jwk).generatePublic(new X509EncodedKeySpec(encoded));
    }

    private static byte[] join(byte[] prefix, byte[] key) throws GeneralSecurityException {
        if (key.length != ED25519_BYTES) {
            throw new InvalidAlgorithmParameterException("An Ed25519 key has 32 bytes");
        }
        byte[] joined = Arrays.copyOf(prefix, prefix.length + key.length);
        System.arraycopy(key, 0, joined, prefix.length, key.length);
        return joined;
    }

    private KeyFactory factory(JWK jwk) throws GeneralSecurityException {
        String name = jwk instanceof OctetKeyPair ? ED25519 : jwk instanceof RSAKey ? "RSA" : "EC";
        Optional<Provider> able = provider(jwk);
        return able.isPresent() ? KeyFactory.getInstance(name, able.get()) : KeyFactory.getInstance(name);
    }

    /** The provider, if it both reads such keys and signs with them; nothing: then the platform does. */
    Optional<Provider> provider(JWK jwk) {
        if (jwk instanceof OctetKeyPair) {
            return provider.filter(each -> offers(each, "KeyFactory", ED25519) && offers(each, "Signature", ED25519));
        }
        if (jwk instanceof RSAKey) {
            return provider.filter(each -> offers(each, "KeyFactory", "RSA")
                    && offers(each, "Signature", "SHA256withRSA")
                    && offers(each, "Signature", "RSASSA-PSS"));
        }
        return provider.filter(
                each -> offers(each, "KeyFactory", "EC") && offers(each, "Signature", "SHA256withECDSA"));
    }

    private KeyPairGenerator generator(String name) throws GeneralSecurityException {
        Optional<Provider> able = provider.filter(each -> offers(each, "KeyPairGenerator", name));
        return able.isPresent() ? KeyPairGenerator.getInstance(name, able.get()) : KeyPairGenerator.getInstance(name);
    }

    private static boolean offers(Provider provider, String type, String name) {
        return provider.getService(type, name) != null;
    }
}
