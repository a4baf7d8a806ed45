package org.latchkey.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** An authority and certificates for servers, made with the JDK's keytool. */
public final class Certificates {

    private static final String PASSWORD = "password";

    private final Path folder;
    private final Path store;

    /** Makes the authority. */
    public Certificates(Path folder) throws IOException {
        this.folder = folder;
        this.store = folder.resolve("keys.p12");
        generate("authority", "-ext", "bc:c");
    }

    /** Makes a certificate of the authority for these names, such as {@code dns:localhost,ip:127.0.0.1}. */
    public Certificates signed(String alias, String names, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("-signer", "authority", "-ext", "san=" + names));
        all.addAll(List.of(options));
        generate(alias, all.toArray(String[]::new));
        return this;
    }

    /** Makes one that only itself vouches for. */
    public Certificates selfSigned(String alias, String names) throws IOException {
        generate(alias, "-ext", "san=" + names);
        return this;
    }

    private void generate(String alias, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-dname",
                "CN=" + alias));
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
        command.addAll(List.of(options));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD, "-storetype", "PKCS12"));
        Path out = folder.resolve("keytool.txt");
        Process run = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
        assertThat(run.exitValue()).as(Files.readString(out)).isEqualTo(0);
    }

    private KeyStore load() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream content = Files.newInputStream(store)) {
            keys.load(content, PASSWORD.toCharArray());
        }
        return keys;
    }

    /** The authority's certificate in PEM. */
    public Path authority() throws IOException, GeneralSecurityException {
        byte[] certificate = load().getCertificate("authority").getEncoded();
        return Files.writeString(
                folder.resolve("authority.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate)
                        + "\n-----END CERTIFICATE-----\n");
    }

    /** What a server needs to show this certificate. */
    public SSLContext server(String alias) throws IOException, GeneralSecurityException {
        KeyStore all = load();
        KeyStore one = KeyStore.getInstance("PKCS12");
        one.load(null, null);
        char[] password = PASSWORD.toCharArray();
        one.setKeyEntry(alias, all.getKey(alias, password), password, all.getCertificateChain(alias));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(one, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
