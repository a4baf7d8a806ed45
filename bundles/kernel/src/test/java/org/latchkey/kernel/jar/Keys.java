package org.latchkey.kernel.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStore.PasswordProtection;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;

/** Keys, certificates and trust stores made with the JDK's keytool, and jars signed with them. */
final class Keys {

    static final String PASSWORD = "password";

    private final Path folder;
    private final Path store;

    Keys(Path folder) {
        this.folder = folder;
        this.store = folder.resolve("keys.p12");
    }

    /** Makes a key with a certificate signed by itself. */
    Keys add(String name, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("-genkeypair", "-alias", name, "-dname", "CN=" + name));
        command.addAll(
                List.of(options).contains("-keyalg") ? List.of() : List.of("-keyalg", "EC", "-groupname", "secp256r1"));
        command.addAll(List.of(options));
        keytool(command.toArray(String[]::new));
        return this;
    }

    /** Makes a key whose certificate is signed by another of the keys. */
    Keys addSignedBy(String issuer, String name, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("-signer", issuer));
        all.addAll(List.of(options));
        return add(name, all.toArray(String[]::new));
    }

    private void keytool(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
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

    X509Certificate certificate(String name) throws IOException, GeneralSecurityException {
        return (X509Certificate) load().getCertificate(name);
    }

    /** A trust store with the certificates of these. */
    Path trustStore(String... names) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (String name : names) {
            trusted.setCertificateEntry(name, certificate(name));
        }
        Path file = Files.createTempFile(folder, "trust", ".p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            trusted.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    /** The jar signed with one of the keys. */
    byte[] signed(byte[] jar, String name) throws IOException, GeneralSecurityException {
        return signed(jar, name, "SHA-256");
    }

    byte[] signed(byte[] jar, String name, String digest) throws IOException, GeneralSecurityException {
        PrivateKeyEntry key = (PrivateKeyEntry) load().getEntry(name, new PasswordProtection(PASSWORD.toCharArray()));
        Path unsigned = Files.write(Files.createTempFile(folder, "unsigned", ".jar"), jar);
        Path signed = Files.createTempFile(folder, "signed", ".jar");
        try (ZipFile in = new ZipFile(unsigned.toFile());
                OutputStream out = Files.newOutputStream(signed)) {
            new JarSigner.Builder(key)
                    .digestAlgorithm(digest)
                    .signerName(name)
                    .build()
                    .sign(in, out);
        }
        return Files.readAllBytes(signed);
    }
}
