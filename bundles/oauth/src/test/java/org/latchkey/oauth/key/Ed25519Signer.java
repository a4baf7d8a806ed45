package org.latchkey.oauth.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.util.Optional;
import java.util.Set;

/** The JOSE library's form of {@link Signing} by Ed25519: for tokens that others sign. */
final class Ed25519Signer implements JWSSigner {

    private final PrivateKey key;
    private final Optional<Provider> provider;

    Ed25519Signer(PrivateKey key, Optional<Provider> provider) {
        this.key = key;
        this.provider = provider;
    }

    @Override
    public Base64URL sign(JWSHeader header, byte[] input) throws JOSEException {
        try {
            Signature signature = provider.isPresent()
                    ? Signature.getInstance(KeyPairs.ED25519, provider.get())
                    : Signature.getInstance(KeyPairs.ED25519);
            signature.initSign(key);
            signature.update(input);
            return Base64URL.encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new JOSEException("Ed25519 does not sign", e);
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
