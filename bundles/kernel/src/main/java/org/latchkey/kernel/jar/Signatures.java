package org.latchkey.kernel.jar;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Who signed a jar, all of it, as the JDK verifies it (JAR File Specification, "Signed JAR File"). The JDK
 * leaves open what is refused here: an entry that nobody signed, one that is gone, and headers that no
 * signature covers.
 *
 * @param signers those who signed every single entry; none if the jar is not signed
 */
record Signatures(List<CodeSigner> signers) {

    /** Files of a signature are not signed themselves. */
    private static final Pattern SIGNATURE =
            Pattern.compile("META-INF/([^/]+\\.(SF|RSA|DSA|EC)|SIG-[^/.]*|SIG-[^/]*\\.[A-Z0-9]{1,3})");

    private static final Pattern MANIFEST_DIGEST = Pattern.compile("(?i)(.+)-Digest-Manifest(-Main-Attributes)?");
    private static final Pattern HEADERS_DIGEST =
            Pattern.compile("(?i)SHA-?(256|384|512)-Digest-Manifest-Main-Attributes");
    private static final Pattern WEAK = Pattern.compile("(?i)MD2|MD5|SHA-?1?");

    /** The signatures of the jar, which all hold; if one does not, the jar was changed after it was signed. */
    static Signatures of(Path file) throws IOException, Rejection {
        try (JarFile jar = new JarFile(file.toFile(), true)) {
            List<JarEntry> entries = Collections.list(jar.entries());
            if (entries.stream().noneMatch(entry -> isSignature(entry.getName()))) {
                return new Signatures(List.of());
            }
            for (JarEntry entry : entries) {
                verify(jar, entry);
            }
            List<JarEntry> content =
                    entries.stream().filter(Signatures::isContent).toList();
            refuseUnverifiable(jar, content);
            refuseUnsigned(content);
            for (JarEntry entry : entries) {
                if (entry.getName().toUpperCase(Locale.ROOT).endsWith(".SF") && isSignature(entry.getName())) {
                    refuseGapsOf(jar, entry);
                }
            }
            return new Signatures(signersOfAll(content));
        } catch (SecurityException broken) {
            throw new Rejection("It was modified after signing: " + broken.getMessage() + ".");
        }
    }

    private static boolean isSignature(String name) {
        return SIGNATURE.matcher(name.toUpperCase(Locale.ROOT)).matches();
    }

    private static boolean isContent(JarEntry entry) {
        return !entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME) && !isSignature(entry.getName());
    }

    /** The JDK compares an entry with its digest while it is read, and knows its signers afterwards. */
    private static void verify(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream content = jar.getInputStream(entry)) {
            content.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static void refuseUnverifiable(JarFile jar, List<JarEntry> content) throws IOException, Rejection {
        if (!content.isEmpty() && content.stream().allMatch(entry -> entry.getCodeSigners() == null)) {
            throw new Rejection(weakDigest(jar)
                    .map(weak -> "It is signed with " + weak + ", which is too weak to be accepted.")
                    .orElse("Its signature cannot be verified: it is incomplete, or too weak to be accepted."));
        }
    }

    private static void refuseUnsigned(List<JarEntry> content) throws Rejection {
        for (JarEntry entry : content) {
            if (entry.getCodeSigners() == null) {
                throw new Rejection("It was modified after signing: nobody signed its entry " + entry.getName() + ".");
            }
        }
    }

    /** A signature file lists what was in the jar when it was signed, and has a digest of the headers as they were. */
    private static void refuseGapsOf(JarFile jar, JarEntry entry) throws IOException, Rejection {
        Manifest signature = read(jar, entry);
        for (String name : signature.getEntries().keySet()) {
            if (jar.getEntry(name) == null) {
                throw new Rejection("It was modified after signing: its entry " + name + " is gone.");
            }
        }
        if (signature.getMainAttributes().keySet().stream()
                .noneMatch(name -> HEADERS_DIGEST.matcher(name.toString()).matches())) {
            throw new Rejection("Its signature " + entry.getName() + " does not cover the headers of its manifest.");
        }
    }

    private static Manifest read(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream content = jar.getInputStream(entry)) {
            return new Manifest(content);
        }
    }

    private static List<CodeSigner> signersOfAll(List<JarEntry> content) throws Rejection {
        List<CodeSigner> all = new ArrayList<>();
        for (JarEntry entry : content) {
            List<CodeSigner> signers = Arrays.asList(entry.getCodeSigners());
            if (entry == content.get(0)) {
                all.addAll(signers);
            }
            all.retainAll(signers);
        }
        if (all.isEmpty()) {
            throw new Rejection("It was modified after signing: its entries are not signed by the same signer.");
        }
        return all;
    }

    /** The digest of the signature files, if none of them has a better one than the weak ones. */
    private static Optional<String> weakDigest(JarFile jar) throws IOException {
        List<String> digests = new ArrayList<>();
        for (JarEntry entry : Collections.list(jar.entries())) {
            if (entry.getName().toUpperCase(Locale.ROOT).endsWith(".SF")) {
                for (Object name : read(jar, entry).getMainAttributes().keySet()) {
                    Matcher digest = MANIFEST_DIGEST.matcher(name.toString());
                    if (digest.matches()) {
                        digests.add(digest.group(1));
                    }
                }
            }
        }
        boolean allWeak =
                digests.stream().allMatch(digest -> WEAK.matcher(digest).matches());
        return digests.isEmpty() || !allWeak
                ? Optional.empty()
                : Optional.of(digests.stream().distinct().collect(Collectors.joining(", ")));
    }
}
