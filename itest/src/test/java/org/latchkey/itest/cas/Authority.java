package org.latchkey.itest.cas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.latchkey.itest.server.Server;

/** An authority that vouches for servers of a test, made with the JDK's keytool. */
public final class Authority {

    private static final String PASSWORD = "password";

    private final Path folder;

    public Authority() {
        try {
            folder = Files.createTempDirectory("authority");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        keytool("-genkeypair", "-alias", "authority", "-dname", "CN=authority", "-keyalg", "EC", "-ext", "bc:c");
        keytool("-exportcert", "-rfc", "-alias", "authority", "-file", pem().toString());
    }

    /** Its certificate in PEM. */
    public Path pem() {
        return folder.resolve("authority.pem");
    }

    /** A server of these names, such as {@code dns:localhost}, with further options of keytool for its certificate. */
    public SSLContext server(String alias, String names, String... options) {
        String[] signed = {"-signer", "authority"};
        return generate(alias, names, Stream.of(signed, options).flatMap(Stream::of));
    }

    /** A server that nobody but itself vouches for. */
    public SSLContext stranger(String alias, String names) {
        return generate(alias, names, Stream.of());
    }

    private SSLContext generate(String alias, String names, Stream<String> options) {
        List<String> all = new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-dname", "CN=" + alias));
        all.addAll(List.of("-keyalg", "EC", "-ext", "san=" + names));
        options.forEach(all::add);
        keytool(all.toArray(String[]::new));
        return context(alias);
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

    private SSLContext context(String alias) {
        char[] password = PASSWORD.toCharArray();
        try (InputStream content = Files.newInputStream(store())) {
            KeyStore all = KeyStore.getInstance("PKCS12");
            all.load(content, password);
            KeyStore one = KeyStore.getInstance("PKCS12");
            one.load(null, null);
            one.setKeyEntry(alias, all.getKey(alias, password), password, all.getCertificateChain(alias));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(one, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException failed) {
            throw new AssertionError(failed);
        }
    }
}
