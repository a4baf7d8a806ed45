package org.latchkey.web.certificate;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPath;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The authorities that the operator trusts to say who a client is, and what they have taken back. Nothing is fetched from the
 * addresses that certificates name.
 *
 * <p>Fails closed: with revocation lists, each authority of a path needs one of its own that is not out of date
 * (Java grants 15 minutes, for clocks that differ).
 *
 * @param certificates of the authorities
 * @param revoked their lists; nothing if revocation is not looked at
 */
record Authorities(List<X509Certificate> certificates, Optional<List<X509CRL>> revoked) {

    static final Authorities NONE = new Authorities(List.of(), Optional.empty());

    private static final Logger log = LoggerFactory.getLogger(Authorities.class);
    private static final String CLIENTS = "1.3.6.1.5.5.7.3.2"; // id-kp-clientAuth (RFC 5280, 4.2.1.12)
    private static final int MOST = 10;

    Authorities {
        certificates = List.copyOf(certificates);
        revoked = revoked.map(List::copyOf);
    }

    /**
     * The path from a certificate to one of them (RFC 5280, 6). The certificate itself must be for signatures and for clients of
     * TLS, unless it does not say what it is for.
     *
     * @param presented the certificate first, then others that may be on the way, in any order
     * @return the certificate, those on the way and the authority; empty if there is no path at that moment
     */
    List<X509Certificate> path(List<X509Certificate> presented, Instant now) {
        Set<TrustAnchor> anchors = anchors(now);
        if (presented.isEmpty() || presented.size() > MOST || anchors.isEmpty()) {
            return List.of();
        }
        try {
            PKIXCertPathBuilderResult found = (PKIXCertPathBuilderResult)
                    CertPathBuilder.getInstance("PKIX").build(question(presented, anchors, now));
            return path(found.getCertPath(), found.getTrustAnchor());
        } catch (CertPathBuilderException no) {
            log.atInfo()
                    .addKeyValue("subject", presented.get(0).getSubjectX500Principal())
                    .addKeyValue("reason", reason(no))
                    .log("a certificate of a client is not trusted");
            return List.of();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java cannot judge certificates", impossible);
        }
    }

    /** Those that have not expired. */
    private Set<TrustAnchor> anchors(Instant now) {
        return certificates.stream()
                .filter(each -> isValid(each, now))
                .map(each -> new TrustAnchor(each, null))
                .collect(Collectors.toSet());
    }

    private static boolean isValid(X509Certificate authority, Instant now) {
        try {
            authority.checkValidity(Date.from(now));
            return true;
        } catch (CertificateException expired) {
            return false;
        }
    }

    private PKIXBuilderParameters question(List<X509Certificate> presented, Set<TrustAnchor> anchors, Instant now)
            throws GeneralSecurityException {
        X509CertSelector wanted = new X509CertSelector();
        wanted.setCertificate(presented.get(0));
        wanted.setKeyUsage(new boolean[] {true}); // digitalSignature
        setPurpose(wanted);
        PKIXBuilderParameters question = new PKIXBuilderParameters(anchors, wanted);
        question.setDate(Date.from(now));
        question.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(presented)));
        question.setRevocationEnabled(false);
        if (revoked.isPresent()) {
            question.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(revoked.get())));
            PKIXRevocationChecker checker =
                    (PKIXRevocationChecker) CertPathBuilder.getInstance("PKIX").getRevocationChecker();
            checker.setOptions(
                    EnumSet.of(PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK));
            question.addCertPathChecker(checker);
        }
        return question;
    }

    private static void setPurpose(X509CertSelector wanted) throws InvalidAlgorithmParameterException {
        try {
            wanted.setExtendedKeyUsage(Set.of(CLIENTS));
        } catch (java.io.IOException impossible) {
            throw new InvalidAlgorithmParameterException(impossible);
        }
    }

    private static List<X509Certificate> path(CertPath path, TrustAnchor authority) {
        List<X509Certificate> all = new ArrayList<>();
        for (Certificate each : path.getCertificates()) {
            all.add((X509Certificate) each);
        }
        all.add(authority.getTrustedCert());
        return List.copyOf(all);
    }

    /** What lies deepest says most. */
    private static String reason(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage());
    }
}
