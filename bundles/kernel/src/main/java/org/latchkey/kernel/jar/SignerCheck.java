package org.latchkey.kernel.jar;

import java.security.CodeSigner;
import java.security.GeneralSecurityException;
import java.security.Timestamp;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One signer of a jar against the certificates that the operator trusts: his own, or that of an authority
 * above it (RFC 5280, section 6). Nothing is asked over the network.
 *
 * @param trusted certificates of signers, of authorities, and of time stamp authorities
 * @param revoked SHA-256 fingerprints
 */
record SignerCheck(Set<X509Certificate> trusted, Set<String> revoked) {

    private static final int LEAST_RSA_BITS = 2048;
    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    private static final String TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
    private static final String ANY_PURPOSE = "2.5.29.37.0";

    void refuse(CodeSigner signer) throws Rejection {
        List<X509Certificate> chain = chain(signer.getSignerCertPath());
        refuseRevoked(chain);
        refuseShortKey(chain.get(0));
        refuseUntrusted(chain, timeOfSigning(signer));
        refuseOtherPurpose(chain.get(0));
    }

    /** A signature outlives its certificate if one who is trusted says that it was made before the end. */
    private Date timeOfSigning(CodeSigner signer) {
        return Optional.ofNullable(signer.getTimestamp())
                .filter(this::isTrusted)
                .map(Timestamp::getTimestamp)
                .orElseGet(Date::new);
    }

    private boolean isTrusted(Timestamp stamp) {
        List<X509Certificate> chain = chain(stamp.getSignerCertPath());
        try {
            refuseRevoked(chain);
            refuseUntrusted(chain, stamp.getTimestamp());
            return purposes(chain.get(0)).contains(TIME_STAMPING);
        } catch (Rejection untrusted) {
            return false;
        }
    }

    private void refuseRevoked(List<X509Certificate> chain) throws Rejection {
        for (X509Certificate certificate : chain) {
            if (revoked.contains(fingerprint(certificate))) {
                throw new Rejection("The certificate " + name(certificate) + ", with which it is signed, is revoked by "
                        + "the setting revoked of " + Trust.PID + ".");
            }
        }
    }

    /** The JDK still accepts 1024 bits here. */
    private static void refuseShortKey(X509Certificate certificate) throws Rejection {
        if (certificate.getPublicKey() instanceof RSAKey rsa && rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
            throw new Rejection("The key of its signer " + name(certificate) + " is too weak: "
                    + rsa.getModulus().bitLength() + " bits of RSA.");
        }
    }

    private void refuseUntrusted(List<X509Certificate> chain, Date at) throws Rejection {
        Optional<X509Certificate> known =
                chain.stream().filter(trusted::contains).findFirst();
        if (known.isPresent()) {
            refuseOutOfTime(known.get(), at);
            validate(chain.subList(0, chain.indexOf(known.get())), Set.of(known.get()), chain.get(0), at);
        } else {
            validate(chain, trusted, chain.get(0), at);
        }
    }

    /** The path from a certificate that is trusted to the signer. An authority is one only if it says so itself. */
    private void validate(List<X509Certificate> path, Set<X509Certificate> from, X509Certificate signer, Date at)
            throws Rejection {
        if (path.isEmpty()) {
            return;
        }
        Set<TrustAnchor> anchors = from.stream()
                .filter(certificate -> certificate.getBasicConstraints() >= 0)
                .map(authority -> new TrustAnchor(authority, null))
                .collect(Collectors.toSet());
        if (anchors.isEmpty()) {
            throw unknown(signer);
        }
        try {
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            parameters.setDate(at);
            var result = (PKIXCertPathValidatorResult) CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
            X509Certificate anchor = result.getTrustAnchor().getTrustedCert();
            refuseOutOfTime(anchor, at);
            refuseRevoked(List.of(anchor));
        } catch (CertPathValidatorException invalid) {
            throw reason(invalid, signer);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Rejection reason(CertPathValidatorException invalid, X509Certificate signer) {
        if (invalid.getReason() == BasicReason.EXPIRED) {
            X509Certificate expired =
                    (X509Certificate) invalid.getCertPath().getCertificates().get(invalid.getIndex());
            return expired(expired);
        }
        if (invalid.getReason() == BasicReason.ALGORITHM_CONSTRAINED) {
            return new Rejection(
                    "The certificate of its signer " + name(signer) + " is too weak: " + invalid.getMessage() + ".");
        }
        return unknown(signer);
    }

    private static void refuseOutOfTime(X509Certificate certificate, Date at) throws Rejection {
        if (at.after(certificate.getNotAfter())) {
            throw expired(certificate);
        }
        if (at.before(certificate.getNotBefore())) {
            throw new Rejection(
                    "The certificate " + name(certificate) + ", with which it is signed, is valid only from "
                            + certificate.getNotBefore().toInstant() + ".");
        }
    }

    private static Rejection expired(X509Certificate certificate) {
        return new Rejection("The certificate " + name(certificate) + ", with which it is signed, expired at "
                + certificate.getNotAfter().toInstant() + ".");
    }

    private static Rejection unknown(X509Certificate signer) {
        return new Rejection("Its signer " + name(signer) + " is not known to the trust store.");
    }

    /** An authority that signs certificates for web servers too does not make plugin authors of them. */
    private static void refuseOtherPurpose(X509Certificate signer) throws Rejection {
        List<String> purposes = purposes(signer);
        if (!purposes.isEmpty() && !purposes.contains(CODE_SIGNING) && !purposes.contains(ANY_PURPOSE)) {
            throw new Rejection("The certificate of its signer " + name(signer) + " is not for signing code.");
        }
    }

    /** What the certificate is restricted to; nothing if it says nothing, or nonsense. */
    private static List<String> purposes(X509Certificate certificate) {
        try {
            return Optional.ofNullable(certificate.getExtendedKeyUsage()).orElse(List.of());
        } catch (CertificateParsingException nonsense) {
            return List.of("");
        }
    }

    private static List<X509Certificate> chain(CertPath path) {
        return path.getCertificates().stream().map(X509Certificate.class::cast).toList();
    }

    private static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    static String fingerprint(X509Certificate certificate) {
        try {
            return Sha256.of(certificate.getEncoded());
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
