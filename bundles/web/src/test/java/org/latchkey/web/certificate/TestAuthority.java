package org.latchkey.web.certificate;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority of a test. */
record TestAuthority(String name, KeyPair keys, X509Certificate certificate) {

    private static final AtomicLong SERIALS = new AtomicLong();
    private static final Duration LIFE = Duration.ofDays(2);

    static TestAuthority root(String name) throws Exception {
        KeyPair keys = fresh();
        return new TestAuthority(
                name, keys, certificate(name, keys, name, keys, true, KeyPurposeId.anyExtendedKeyUsage));
    }

    TestAuthority below(String other) throws Exception {
        KeyPair fresh = fresh();
        return new TestAuthority(
                other, fresh, certificate(name, keys, other, fresh, true, KeyPurposeId.anyExtendedKeyUsage));
    }

    X509Certificate issue(String subject, KeyPurposeId purpose) throws Exception {
        return certificate(name, keys, subject, fresh(), false, purpose);
    }

    /** A list of one certificate that is taken back. */
    X509CRL list(X509Certificate revoked, Instant nextUpdate) throws Exception {
        X509v2CRLBuilder list =
                new X509v2CRLBuilder(new X500Name(name), Date.from(Instant.now().minusSeconds(3600)));
        list.setNextUpdate(Date.from(nextUpdate));
        list.addCRLEntry(revoked.getSerialNumber(), new Date(), 1);
        return new JcaX509CRLConverter().getCRL(list.build(signer(keys)));
    }

    private static KeyPair fresh() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static ContentSigner signer(KeyPair keys) throws Exception {
        return new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
    }

    private static X509Certificate certificate(
            String issuer, KeyPair signing, String subject, KeyPair own, boolean isAuthority, KeyPurposeId purpose)
            throws Exception {
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Name(issuer),
                BigInteger.valueOf(SERIALS.incrementAndGet()),
                Date.from(now.minus(LIFE)),
                Date.from(now.plus(LIFE)),
                new X500Name(subject),
                own.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer(signing)));
    }
}
