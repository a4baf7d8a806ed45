package org.latchkey.oauth.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.impl.ECDSA;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;

/**
 * Signs with one key by one algorithm (RFC 7518, 3; RFC 8037) with the provider's own means. The JOSE library does the same, and
 * writes the signature in a way that takes as long whatever it is: several microseconds, for what is no secret.
 *
 * @param name of the algorithm to the provider
 * @param parameters for RSASSA-PSS
 * @param concatenated how long a signature is of which the provider gives the two numbers in DER (RFC 7518, 3.4), else 0
 */
record Signing(
        PrivateKey key,
        Optional<Provider> provider,
        String name,
        Optional<AlgorithmParameterSpec> parameters,
        int concatenated) {

    /** @throws JOSEException if the key is too short for the algorithm, or of another curve */
    static Signing of(JWSAlgorithm algorithm, PrivateKey key, Optional<Provider> provider) throws JOSEException {
        if (JWSAlgorithm.EdDSA.equals(algorithm)) {
            return new Signing(key, provider, KeyPairs.ED25519, Optional.empty(), 0);
        }
        int bits = Integer.parseInt(algorithm.getName().substring(2));
        if (JWSAlgorithm.Family.EC.contains(algorithm)) {
            new ECDSASigner(key, KeyPairs.curve(algorithm)).supportedJWSAlgorithms(); // judges the key
            int length = ECDSA.getSignatureByteArrayLength(algorithm);
            return new Signing(key, provider, "SHA" + bits + "withECDSA", Optional.empty(), length);
        }
        new RSASSASigner(key).supportedJWSAlgorithms(); // judges the key
        if (algorithm.getName().startsWith("PS")) {
            AlgorithmParameterSpec salted =
                    new PSSParameterSpec("SHA-" + bits, "MGF1", new MGF1ParameterSpec("SHA-" + bits), bits / 8, 1);
            return new Signing(key, provider, "RSASSA-PSS", Optional.of(salted), 0);
        }
        return new Signing(key, provider, "SHA" + bits + "withRSA", Optional.empty(), 0);
    }

    /** As a JWS has it, not encoded yet. */
    byte[] sign(byte[] input) throws GeneralSecurityException, JOSEException {
        Signature signature =
                provider.isPresent() ? Signature.getInstance(name, provider.get()) : Signature.getInstance(name);
        if (parameters.isPresent()) {
            signature.setParameter(parameters.get());
        }
        signature.initSign(key);
        signature.update(input);
        byte[] made = signature.sign();
        return concatenated == 0 ? made : ECDSA.transcodeSignatureToConcat(made, concatenated);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "Signing[" + name + "]";
    }
}
