package org.latchkey.clearpass;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSAEncrypter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.latchkey.api.Secret;

/**
 * An application that gets passwords.
 *
 * @param attribute the claim that it finds them in
 * @param key its public key: who does not have the private one, as this server, cannot read them
 */
record Recipient(String attribute, RSAPublicKey key) {

    private static final Pattern WRITTEN = Pattern.compile("\\s*([A-Za-z][A-Za-z0-9_.-]{0,63})\\s*=\\s*(\\S.*?)\\s*");
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN (CERTIFICATE|PUBLIC KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final int LEAST_BITS = 2048;

    /**
     * @param line {@code attribute=file}
     * @param etc where relative files are
     * @throws IllegalArgumentException if the line makes no sense, or there is no good key in the file
     */
    static Recipient of(String line, Path etc) {
        Matcher written = WRITTEN.matcher(line);
        if (!written.matches()) {
            throw new IllegalArgumentException("A recipient is written attribute=file, not " + line);
        }
        Path file = etc.resolve(written.group(2));
        try {
            if (key(Files.readString(file)) instanceof RSAPublicKey key
                    && key.getModulus().bitLength() >= LEAST_BITS) {
                return new Recipient(written.group(1), key);
            }
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new IllegalArgumentException("There is no key to be read in " + file, unreadable);
        }
        throw new IllegalArgumentException("The key in " + file + " is not an RSA key of 2048 bits or more");
    }

    private static PublicKey key(String text) throws GeneralSecurityException {
        Matcher pem = PEM.matcher(text);
        if (!pem.find()) {
            throw new GeneralSecurityException("neither a certificate nor a public key in PEM");
        }
        if (pem.group(1).equals("CERTIFICATE")) {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.group().getBytes(StandardCharsets.US_ASCII)))
                    .getPublicKey();
        }
        byte[] encoded = Base64.getMimeDecoder().decode(pem.group(2));
        return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(encoded));
    }

    /** The secret, for this recipient's eyes alone: a JWE (RFC 7516) in compact form, another one each time. */
    String sealed(Secret secret) throws JOSEException {
        byte[] plaintext = secret.utf8();
        try {
            JWEObject sealed = new JWEObject(
                    new JWEHeader(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A256GCM), new Payload(plaintext));
            sealed.encrypt(new RSAEncrypter(key));
            return sealed.serialize();
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }
}
