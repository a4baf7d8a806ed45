package org.latchkey.web.certificate;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.cert.CRL;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that hold the trusted authorities and their revocation lists, in PEM or DER. They are looked at again when somebody
 * asks, at most every two seconds. While one of them cannot be used nobody is trusted (fail closed): a list that is damaged may be
 * the one that takes the certificate back.
 */
final class AuthorityFiles {

    private static final Logger log = LoggerFactory.getLogger(AuthorityFiles.class);
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(2);
    private static final long LONGEST = 64L << 20;

    /** What tells that a file has changed. */
    private record Look(long size, long modified, String key) {

        static final Look NONE = new Look(-1, -1, "");

        static Look at(Path file) {
            try {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                return new Look(now.size(), now.lastModifiedTime().toMillis(), Objects.toString(now.fileKey(), ""));
            } catch (IOException gone) {
                return NONE;
            }
        }
    }

    private final Optional<Path> certificates;
    private final Optional<Path> lists;
    private final LongSupplier nanoTime;
    private List<Look> last = List.of();
    private long lookedAt;
    private Authorities authorities = Authorities.NONE;
    private String fault = "";

    /** @param lists nothing if revocation is not looked at */
    AuthorityFiles(Optional<Path> certificates, Optional<Path> lists, LongSupplier nanoTime) {
        this.certificates = certificates;
        this.lists = lists;
        this.nanoTime = nanoTime;
    }

    /** Those that are in the files now. */
    synchronized Authorities now() {
        if (certificates.isPresent() && (last.isEmpty() || nanoTime.getAsLong() - lookedAt >= PAUSE)) {
            lookedAt = nanoTime.getAsLong();
            look(certificates.get());
        }
        return authorities;
    }

    /** Why nobody is trusted, in words that are safe to show; empty if all is well. */
    synchronized String fault() {
        now();
        return fault;
    }

    private void look(Path file) {
        List<Look> seen = new ArrayList<>(List.of(Look.at(file)));
        lists.ifPresent(each -> seen.add(Look.at(each)));
        if (seen.equals(last)) {
            return;
        }
        last = seen;
        try {
            List<X509Certificate> trusted = certificates(file);
            authorities =
                    new Authorities(trusted, lists.isPresent() ? Optional.of(lists(lists.get())) : Optional.empty());
            fault = "";
            log.atInfo().addKeyValue("authorities", trusted.size()).log("authorities of clients are trusted");
        } catch (Unusable unusable) {
            authorities = Authorities.NONE;
            fault = unusable.getMessage();
            log.atError().addKeyValue("fault", fault).log("no certificate of a client is trusted");
        }
    }

    private static final class Unusable extends Exception {

        private static final long serialVersionUID = 1L;

        Unusable(Path file, String why) {
            super(file.getFileName() + " " + why);
        }
    }

    private static List<X509Certificate> certificates(Path file) throws Unusable {
        List<X509Certificate> all = new ArrayList<>();
        try (InputStream content = open(file)) {
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(content)) {
                all.add((X509Certificate) each);
            }
        } catch (IOException | GeneralSecurityException broken) {
            throw new Unusable(file, "cannot be read as certificates");
        }
        if (all.isEmpty()) {
            throw new Unusable(file, "has no certificate");
        }
        if (all.stream().anyMatch(each -> each.getBasicConstraints() < 0)) {
            throw new Unusable(file, "has a certificate that is not of an authority (CA)");
        }
        return all;
    }

    private static List<X509CRL> lists(Path file) throws Unusable {
        List<X509CRL> all = new ArrayList<>();
        try (InputStream content = open(file)) {
            for (CRL each : CertificateFactory.getInstance("X.509").generateCRLs(content)) {
                all.add((X509CRL) each);
            }
        } catch (IOException | GeneralSecurityException broken) {
            throw new Unusable(file, "cannot be read as revocation lists");
        }
        if (all.isEmpty()) {
            throw new Unusable(file, "has no revocation list");
        }
        return all;
    }

    private static InputStream open(Path file) throws IOException {
        if (Files.size(file) > LONGEST) {
            throw new IOException("too long");
        }
        return new BufferedInputStream(Files.newInputStream(file));
    }
}
