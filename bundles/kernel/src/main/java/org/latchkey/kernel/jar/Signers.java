package org.latchkey.kernel.jar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The signers that the operator trusts. */
final class Signers {

    private final SignerCheck check;

    private Signers(SignerCheck check) {
        this.check = check;
    }

    /** Reads the trust store as it is now; the revoked certificates are given by their SHA-256 fingerprints. */
    static Signers read(Path store, char[] password, List<String> revoked) throws Rejection {
        Set<X509Certificate> trusted = new HashSet<>();
        try (InputStream content = Files.newInputStream(store)) {
            KeyStore certificates = KeyStore.getInstance("PKCS12");
            certificates.load(content, password);
            for (String alias : Collections.list(certificates.aliases())) {
                if (certificates.getCertificate(alias) instanceof X509Certificate certificate) {
                    trusted.add(certificate);
                }
            }
        } catch (IOException | GeneralSecurityException unreadable) {
            throw TrustSettings.senseless("trustStore", store + " cannot be read (" + unreadable + ")");
        }
        if (trusted.isEmpty()) {
            throw TrustSettings.senseless("trustStore", store + " has no certificate");
        }
        return new Signers(new SignerCheck(trusted, fingerprints(revoked)));
    }

    private static Set<String> fingerprints(List<String> revoked) throws Rejection {
        Set<String> fingerprints = new HashSet<>();
        for (String each : revoked) {
            String plain = each.replace(":", "").strip().toLowerCase(Locale.ROOT);
            if (!plain.matches("[0-9a-f]{64}")) {
                throw TrustSettings.senseless("revoked", "\"" + each + "\" is not a SHA-256 fingerprint");
            }
            fingerprints.add(plain);
        }
        return fingerprints;
    }

    /** Refuses a jar unless one who signed all of it is trusted. */
    void refuse(Signatures signatures) throws Rejection {
        List<Rejection> reasons = new ArrayList<>();
        for (CodeSigner signer : signatures.signers()) {
            try {
                check.refuse(signer);
                return;
            } catch (Rejection reason) {
                reasons.add(reason);
            }
        }
        throw reasons.isEmpty()
                ? new Rejection("It is not signed, and the setting policy of " + Trust.PID + " is signed.")
                : reasons.get(0);
    }
}
