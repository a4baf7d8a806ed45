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

/** What {@link Ed25519Signer} signed. */
final class Ed25519Verifier implements JWSVerifier {

    private static final int SIGNATURE_BYTES = 64;

    private final PublicKey key;
    private final Optional<Provider> provider;

    Ed25519Verifier(PublicKey key, Optional<Provider> provider) {
        this.key = key;
        this.provider = provider;
    }

    @Override
    public boolean verify(JWSHeader header, byte[] input, Base64URL claimed) throws JOSEException {
        byte[] bytes = claimed.decode();
        if (bytes.length != SIGNATURE_BYTES) {
            return false;
        }
        try {
            Signature signature = Ed25519Signer.signature(provider);
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
