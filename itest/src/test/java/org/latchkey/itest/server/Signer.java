package org.latchkey.itest.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An author of plugins with a key of its own, and the JDK's tools. */
public final class Signer {

    public static final String PASSWORD = "password";

    private static final Path TOOLS = Path.of(System.getProperty("java.home"), "bin");

    private final String name;
    private final Path keys;

    private Signer(String name, Path keys) {
        this.name = name;
        this.keys = keys;
    }

    /** Makes a key and its certificate, such as {@code -validity 30}. */
    public static Signer named(String name, String... options) {
        try {
            Path keys = Files.createTempDirectory("keys").resolve("keys.p12");
            List<String> arguments =
                    new ArrayList<>(List.of("-genkeypair", "-alias", name, "-dname", "CN=" + name, "-keyalg", "EC"));
            arguments.addAll(List.of("-groupname", "secp256r1", "-storetype", "PKCS12"));
            arguments.addAll(List.of(options));
            run("keytool", keys, arguments);
            return new Signer(name, keys);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Signs the jar, in its place. */
    public Path sign(Path jar) {
        run("jarsigner", keys, List.of(jar.toString(), name));
        return jar;
    }

    /** Adds the certificate to a trust store. */
    public Signer trustedBy(Path store) {
        Path certificate = keys.resolveSibling(name + ".crt");
        run("keytool", keys, List.of("-exportcert", "-alias", name, "-file", certificate.toString()));
        run(
                "keytool",
                store,
                List.of(
                        "-importcert",
                        "-noprompt",
                        "-alias",
                        name,
                        "-file",
                        certificate.toString(),
                        "-storetype",
                        "PKCS12"));
        return this;
    }

    private static void run(String tool, Path keys, List<String> arguments) {
        List<String> command = new ArrayList<>(
                List.of(TOOLS.resolve(tool).toString(), "-keystore", keys.toString(), "-storepass", PASSWORD));
        command.addAll(arguments);
        Server.Answer answer = Server.run(new ProcessBuilder(command), "");
        assertThat(answer.exitCode()).as(answer.out() + answer.err()).isEqualTo(0);
    }
}
