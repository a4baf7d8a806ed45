package org.latchkey.notify.mail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** The SMTP server as it is set. Its certificate is validated, and must be for its host. */
final class Server {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1");
    private static final int LEAST_MILLIS = 100;
    private static final int MOST_MILLIS = 10_000;

    private final String host;
    private final int port;
    private final String user;
    private final String password;
    private final Properties properties;

    private Server(String host, int port, String user, String password, Properties properties) {
        this.host = host;
        this.port = port;
        this.user = user;
        this.password = password;
        this.properties = properties;
    }

    /**
     * @param folder that a relative name of the CA file begins in
     * @throws IllegalArgumentException that says what is wrong, without the password
     */
    static Server of(Mail.Config config, Path folder) {
        String host = config.host().strip();
        demand(host.matches("[A-Za-z0-9.:_-]+"), "host must be the name of an SMTP server");
        demand(config.port() >= 0 && config.port() <= 65_535, "port must be 0 to 65535");
        demand(Set.of("starttls", "tls", "none").contains(config.security()), "security must be starttls, tls or none");
        boolean plain = config.security().equals("none");
        demand(
                !plain || config.allowPlain() || THIS_MACHINE.contains(host),
                "security=\"none\" would carry mails in the clear: use starttls or tls, or allowPlain if you know why");
        demand(
                config.user().isEmpty() == config._password().isEmpty(),
                "user and .password must both be set, or neither");
        int usual = plain ? 25 : config.security().equals("tls") ? 465 : 587;
        return new Server(
                host,
                config.port() == 0 ? usual : config.port(),
                config.user(),
                config._password(),
                properties(config, folder));
    }

    private static Properties properties(Mail.Config config, Path folder) {
        Properties smtp = new Properties();
        smtp.put("mail.smtp.ssl.enable", String.valueOf(config.security().equals("tls")));
        smtp.put("mail.smtp.starttls.enable", String.valueOf(config.security().equals("starttls")));
        smtp.put("mail.smtp.starttls.required", String.valueOf(config.security().equals("starttls")));
        smtp.put("mail.smtp.ssl.checkserveridentity", "true");
        smtp.put("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
        smtp.put("mail.smtp.auth", String.valueOf(!config.user().isEmpty()));
        smtp.put("mail.smtp.connectiontimeout", millis("connectMillis", config.connectMillis()));
        smtp.put("mail.smtp.timeout", millis("readMillis", config.readMillis()));
        smtp.put("mail.smtp.writetimeout", millis("writeMillis", config.writeMillis()));
        smtp.put("mail.smtp.sendpartial", "false");
        smtp.put("mail.smtp.quitwait", "false");
        if (!config.caFile().isBlank()) {
            smtp.put("mail.smtp.ssl.socketFactory", believing(folder.resolve(config.caFile())));
        }
        return smtp;
    }

    private static String millis(String name, int value) {
        demand(
                value >= LEAST_MILLIS && value <= MOST_MILLIS,
                name + " must be " + LEAST_MILLIS + " to " + MOST_MILLIS + ", not " + value);
        return String.valueOf(value);
    }

    private static SSLSocketFactory believing(Path authorities) {
        try (InputStream in = Files.newInputStream(authorities)) {
            Collection<? extends Certificate> all =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            demand(!all.isEmpty(), "caFile has no certificate");
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (Certificate each : all) {
                store.setCertificateEntry("authority" + count++, each);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new IllegalArgumentException("caFile cannot be read: " + unreadable, unreadable);
        }
    }

    private static void demand(boolean met, String fault) {
        if (!met) {
            throw new IllegalArgumentException(fault);
        }
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    Optional<String> user() {
        return Optional.of(user).filter(given -> !given.isEmpty());
    }

    String password() {
        return password;
    }

    /**
     * The library's properties.
     *
     * @param greeting the name that this server gives itself
     */
    Properties properties(String greeting) {
        Properties all = new Properties();
        all.putAll(properties);
        all.put("mail.smtp.localhost", greeting);
        return all;
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
