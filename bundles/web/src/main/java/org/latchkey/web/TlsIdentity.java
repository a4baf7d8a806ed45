package org.latchkey.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The certificate that this server shows, those that vouch for it, and the key that belongs to it.
 *
 * @param chain the server's own certificate first; never empty
 */
record TlsIdentity(PrivateKey key, List<X509Certificate> chain) {

    private static final int LEAST_RSA_BITS = 2048;

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----\\s([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    /** Why two files are no identity, in words that are safe to show. */
    static final class Unusable extends Exception {

        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }

    /**
     * Reads PEM (RFC 7468).
     *
     * @param certificates one or more {@code CERTIFICATE}
     * @param key one {@code PRIVATE KEY} (PKCS #8, RFC 5958) of kind RSA or EC
     * @throws Unusable if one of them is not to be read, or the key is not that of the first certificate
     */
    static TlsIdentity parse(byte[] certificates, byte[] key) throws Unusable {
        List<X509Certificate> chain = chain(certificates);
        PublicKey open = chain.get(0).getPublicKey();
        PrivateKey secret = key(key, open.getAlgorithm());
        if (!belong(secret, open)) {
            throw new Unusable("the key is not that of the certificate");
        }
        if (open instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
            throw new Unusable(
                    "an RSA key has at least " + LEAST_RSA_BITS + " bits"); // Java would refuse each handshake
        }
        return new TlsIdentity(secret, chain);
    }

    private static List<X509Certificate> chain(byte[] pem) throws Unusable {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            for (Certificate each :
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem))) {
                chain.add((X509Certificate) each);
            }
        } catch (GeneralSecurityException broken) {
            throw new Unusable("the certificate file is not to be read as PEM");
        }
        if (chain.isEmpty()) {
            throw new Unusable("there is no certificate in the certificate file");
        }
        return List.copyOf(chain);
    }

    private static PrivateKey key(byte[] pem, String algorithm) throws Unusable {
        String text = new String(pem, StandardCharsets.ISO_8859_1);
        Matcher found = KEY.matcher(text);
        if (!found.find()) {
            throw new Unusable(
                    text.contains("PRIVATE KEY-----")
                            ? "the key is encrypted or of an old form; openssl pkcs8 -topk8 -nodes gives the one that is read"
                            : "there is no private key in the key file");
        }
        try {
            byte[] content = Base64.getMimeDecoder().decode(found.group(1));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(content));
        } catch (GeneralSecurityException | IllegalArgumentException broken) {
            // The cause might show the key.
            throw new Unusable("the private key is damaged or not of the kind of the certificate, " + algorithm);
        }
    }

    /** Whether the one verifies what the other signed. */
    private static boolean belong(PrivateKey secret, PublicKey open) throws Unusable {
        byte[] sample = {1, 2, 3};
        try {
            Signature signature = Signature.getInstance(
                    switch (open.getAlgorithm()) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default ->
                            throw new Unusable("a certificate of kind RSA or EC is needed, not " + open.getAlgorithm());
                    });
            signature.initSign(secret);
            signature.update(sample);
            byte[] signed = signature.sign();
            signature.initVerify(open);
            signature.update(sample);
            return signature.verify(signed);
        } catch (GeneralSecurityException unfit) {
            return false;
        }
    }

    X509Certificate certificate() {
        return chain.get(0);
    }

    /** A store in memory that holds it, for Jetty. */
    KeyStore store(String password) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", key, password.toCharArray(), chain.toArray(new Certificate[0]));
            return store;
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("this Java cannot keep a key in memory", impossible);
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "TlsIdentity[" + certificate().getSubjectX500Principal() + "]";
    }
}
