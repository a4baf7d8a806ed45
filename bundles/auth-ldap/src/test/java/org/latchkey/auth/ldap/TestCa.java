package org.latchkey.auth.ldap;

import com.unboundid.asn1.ASN1Boolean;
import com.unboundid.asn1.ASN1Element;
import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.asn1.ASN1Sequence;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.util.OID;
import com.unboundid.util.ObjectPair;
import com.unboundid.util.ssl.cert.PublicKeyAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.SignatureAlgorithmIdentifier;
import com.unboundid.util.ssl.cert.X509Certificate;
import com.unboundid.util.ssl.cert.X509CertificateExtension;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate authority that signs what a test asks for. */
final class TestCa {

    private static final long DAY = 86_400_000;
    private static final SignatureAlgorithmIdentifier SIGNATURE = SignatureAlgorithmIdentifier.SHA_256_WITH_RSA;
    private static final char[] IN_MEMORY = "in memory".toCharArray();

    private final X509Certificate certificate;
    private final PrivateKey key;

    TestCa(String name) {
        try {
            var made = selfSigned(
                    name, new X509CertificateExtension(new OID("2.5.29.19"), true, sequence(new ASN1Boolean(true))));
            certificate = made.getFirst();
            key = made.getSecond().getPrivate();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** What a server with a certificate for these names uses; one that begins with a digit is an address. */
    SSLContext serverFor(String... names) {
        try {
            var made = selfSigned("server");
            KeyPair pair = made.getSecond();
            X509Certificate shown = made.getFirst();
            X509Certificate signed = X509Certificate.generateIssuerSignedCertificate(
                    SIGNATURE,
                    certificate,
                    key,
                    shown.getPublicKeyAlgorithmOID(),
                    shown.getPublicKeyAlgorithmParameters(),
                    shown.getEncodedPublicKey(),
                    shown.getDecodedPublicKey(),
                    shown.getSubjectDN(),
                    System.currentTimeMillis() - DAY,
                    System.currentTimeMillis() + DAY,
                    alternatives(names));
            return context(pair.getPrivate(), signed);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static ObjectPair<X509Certificate, KeyPair> selfSigned(String name, X509CertificateExtension... extensions)
            throws Exception {
        long now = System.currentTimeMillis();
        return X509Certificate.generateSelfSignedCertificate(
                SIGNATURE,
                PublicKeyAlgorithmIdentifier.RSA,
                2048,
                new DN("cn=" + name),
                now - DAY,
                now + DAY,
                extensions);
    }

    private static X509CertificateExtension alternatives(String... names) throws Exception {
        ASN1Element[] elements = new ASN1Element[names.length];
        for (int i = 0; i < names.length; i++) {
            elements[i] = Character.isDigit(names[i].charAt(0))
                    ? new ASN1OctetString(
                            (byte) 0x87, InetAddress.getByName(names[i]).getAddress())
                    : new ASN1OctetString((byte) 0x82, names[i]);
        }
        return new X509CertificateExtension(new OID("2.5.29.17"), false, sequence(elements));
    }

    private static byte[] sequence(ASN1Element... elements) {
        return new ASN1Sequence(elements).encode();
    }

    private static SSLContext context(PrivateKey key, X509Certificate certificate) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", key, IN_MEMORY, new java.security.cert.Certificate[] {java(certificate)});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, IN_MEMORY);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static java.security.cert.Certificate java(X509Certificate certificate) throws Exception {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate.getX509CertificateBytes()));
    }

    /** Writes its own certificate as an operator gets it. */
    Path pem(Path file) throws Exception {
        return Files.writeString(
                file,
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encodeToString(certificate.getX509CertificateBytes())
                        + "\n-----END CERTIFICATE-----\n");
    }

    /** Writes its own certificate into a PKCS #12 file. */
    Path store(Path file, String password) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", java(certificate));
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password.toCharArray());
        }
        return file;
    }
}
