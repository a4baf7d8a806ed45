package org.latchkey.ldap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Private keys in PEM files (RFC 7468, 10). */
final class PemKey {

    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private PemKey() {}

    /**
     * Reads a key.
     *
     * @param algorithm of the public key it belongs to
     */
    static PrivateKey read(Path file, String algorithm) throws GeneralSecurityException, IOException {
        Matcher block = PKCS8.matcher(Files.readString(file));
        if (!block.find()) {
            throw new InvalidKeySpecException("there is no unencrypted PKCS #8 key in " + file
                    + ": it begins with -----BEGIN PRIVATE KEY-----; \"openssl pkey\" makes one of any other");
        }
        byte[] encoded = Base64.getMimeDecoder().decode(block.group(1));
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }
}
