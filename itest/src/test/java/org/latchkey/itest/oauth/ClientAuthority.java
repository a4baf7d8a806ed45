package org.latchkey.itest.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.latchkey.itest.server.Server;

/** An authority that vouches for clients of a test, made with the JDK's keytool. */
public final class ClientAuthority {

    private static final String PASSWORD = "password";
    private static final String OWN = "authority";

    private final Path folder;

    public ClientAuthority(String name) {
        try {
            folder = Files.createTempDirectory("authority");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        keytool("-genkeypair", "-alias", OWN, "-dname", name, "-keyalg", "EC", "-ext", "bc:c");
        write(folder.resolve("authority.pem"), pem("CERTIFICATE", identity(OWN).certificate()));
    }

    /** A certificate and its key. */
    public record Identity(PrivateKey key, X509Certificate certificate, List<Certificate> chain) {}

    /** The authority's certificate in PEM. */
    public Path pem() {
        return folder.resolve("authority.pem");
    }

    /** Its certificate and that of another one in one file. */
    public Path with(ClientAuthority other) {
        Path both = folder.resolve("both.pem");
        try {
            Files.writeString(both, Files.readString(pem()) + Files.readString(other.pem()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return both;
    }

    /** A certificate of the authority, with further options of keytool. */
    public Identity issue(String alias, String name, String... options) {
        List<String> all = new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-dname", name, "-keyalg", "EC"));
        all.addAll(List.of("-signer", OWN));
        all.addAll(List.of(options));
        keytool(all.toArray(String[]::new));
        return identity(alias);
    }

    /** One that nobody but itself vouches for. */
    public Identity selfSigned(String alias, String name) {
        keytool("-genkeypair", "-alias", alias, "-dname", name, "-keyalg", "EC");
        return identity(alias);
    }

    /** Writes what a server needs: the certificate into {@code tls.crt}, the key into {@code tls.key}. */
    public Path files(Identity server) {
        write(folder.resolve("tls.crt"), pem("CERTIFICATE", server.certificate()));
        write(folder.resolve("tls.key"), pem("PRIVATE KEY", server.key().getEncoded()));
        return folder;
    }

    private static String pem(String type, X509Certificate certificate) {
        try {
            return pem(type, certificate.getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String pem(String type, byte[] content) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + type + "-----\n" + lines + "\n-----END " + type + "-----\n";
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void keytool(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store().toString(), "-storepass", PASSWORD, "-storetype", "PKCS12"));
        Server.Answer answer = Server.run(new ProcessBuilder(command), "");
        assertThat(answer.exitCode()).as(answer.out() + answer.err()).isEqualTo(0);
    }

    private Path store() {
        return folder.resolve("keys.p12");
    }

    private Identity identity(String alias) {
        try (InputStream content = Files.newInputStream(store())) {
            KeyStore all = KeyStore.getInstance("PKCS12");
            all.load(content, PASSWORD.toCharArray());
            List<Certificate> chain = List.of(all.getCertificateChain(alias));
            return new Identity(
                    (PrivateKey) all.getKey(alias, PASSWORD.toCharArray()), (X509Certificate) chain.get(0), chain);
        } catch (IOException | GeneralSecurityException failed) {
            throw new AssertionError(failed);
        }
    }
}
