package org.latchkey.oauth.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Optional;
import java.util.Set;

/** Verifies by Ed25519 (RFC 8037) with the platform's own means; the JOSE library would want another library for it. */
final class Ed25519Verifier implements JWSVerifier {

    private static final int SIGNATURE_BYTES = 64;

    private final PublicKey key;
    private final Optional<Provider> provider;

    Ed25519Verifier(PublicKey key, Optional<Provider> provider) {
        this.key = key;
        this.provider = provider;
    }

    /** By the provider, if there is one. */
    private static Signature signature(Optional<Provider> provider) throws GeneralSecurityException {
        return provider.isPresent()
                ? Signature.getInstance(KeyPairs.ED25519, provider.get())
                : Signature.getInstance(KeyPairs.ED25519);
    }

    @Override
    public boolean verify(JWSHeader header, byte[] input, Base64URL claimed) throws JOSEException {
        byte[] bytes = claimed.decode();
        if (bytes.length != SIGNATURE_BYTES) {
            return false;
        }
        try {
            Signature signature = signature(provider);
            signature.initVerify(key);
            signature.update(input);
            return signature.verify(bytes);
        } catch (SignatureException malformed) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new JOSEException("Ed25519 does not verify", e);
        }
    }

    @Override
    public Set<JWSAlgorithm> supportedJWSAlgorithms() {
        return Set.of(JWSAlgorithm.EdDSA);
    }

    @Override
    public JCAContext getJCAContext() {
        return new JCAContext(provider.orElse(null), null);
    }
}
