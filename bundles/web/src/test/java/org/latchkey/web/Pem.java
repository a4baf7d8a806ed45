package org.latchkey.web;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A key and a certificate as they lie in files. */
record Pem(byte[] certificate, byte[] key) {

    private static final AtomicLong SERIALS = new AtomicLong();

    static Pem ec() throws Exception {
        return make("EC", 256);
    }

    static Pem make(String algorithm, int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        KeyPair pair = generator.generateKeyPair();
        X500Name name = new X500Name("CN=localhost");
        byte[] certificate = new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.valueOf(SERIALS.incrementAndGet()),
                        new Date(),
                        Date.from(Instant.now().plusSeconds(600)),
                        name,
                        pair.getPublic())
                .build(new JcaContentSignerBuilder("SHA256with" + (algorithm.equals("EC") ? "ECDSA" : algorithm))
                        .build(pair.getPrivate()))
                .getEncoded();
        return new Pem(
                pem("CERTIFICATE", certificate),
                pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    }

    static byte[] pem(String type, byte[] content) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return ("-----BEGIN " + type + "-----\n" + lines + "\n-----END " + type + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
