package org.latchkey.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.After;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;

/** The native provider in the framework that ships: there where its library fits, absent elsewhere, loaded on demand. */
public class NativeCryptoTest {

    private static final byte[] TEXT = "a token".getBytes(StandardCharsets.UTF_8);

    @Rule
    public final TemporaryFolder cache = new TemporaryFolder();

    private Framework framework;

    private void start(Map<String, String> more) throws BundleException, IOException {
        Distribution distribution = Distribution.built();
        Map<String, String> properties = new TreeMap<>(distribution.features().frameworkProperties());
        properties.put("org.osgi.framework.storage", cache.getRoot().toString());
        properties.putAll(more);
        framework = new FrameworkFactory().newFramework(properties);
        framework.start();
        for (Path jar : distribution.system()) {
            try (InputStream content = Files.newInputStream(jar)) {
                framework.getBundleContext().installBundle(jar.getFileName().toString(), content);
            }
        }
        // Nothing but what makes components, and the bundle itself.
        for (Bundle bundle : framework.getBundleContext().getBundles()) {
            String name = bundle.getSymbolicName();
            if (Set.of("org.apache.felix.scr", "org.latchkey.crypto").contains(name)) {
                bundle.start();
            }
        }
    }

    @After
    public void stop() throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(10_000);
    }

    private Collection<ServiceReference<Provider>> offers() throws InvalidSyntaxException {
        return framework.getBundleContext().getServiceReferences(Provider.class, "(latchkey.native=true)");
    }

    @Test
    public void signsWhatThePlatformVerifies() throws Exception {
        String processor = System.getProperty("os.arch");
        assumeTrue(
                "there is a library for this platform",
                System.getProperty("os.name").equals("Linux")
                        && Set.of("amd64", "aarch64").contains(processor));
        start(Map.of());
        assertThat(offers()).hasSize(1);
        Provider provider =
                framework.getBundleContext().getService(offers().iterator().next());

        assertThat(provider.getName()).isEqualTo("AmazonCorrettoCryptoProvider");
        assertSigns(provider, "RSA", "SHA256withRSA");
        assertSigns(provider, "EC", "SHA256withECDSA");
        assertSigns(provider, "Ed25519", "Ed25519");
        assertThat(Security.getProviders()).as("installed for nobody else").doesNotContain(provider);
    }

    private static void assertSigns(Provider provider, String keys, String algorithm) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance(keys).generateKeyPair();
        PrivateKey own = KeyFactory.getInstance(keys, provider)
                .generatePrivate(new PKCS8EncodedKeySpec(pair.getPrivate().getEncoded()));
        Signature signer = Signature.getInstance(algorithm, provider);
        signer.initSign(own);
        signer.update(TEXT);
        Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(pair.getPublic());
        verifier.update(TEXT);
        assertThat(verifier.verify(signer.sign())).as(algorithm).isTrue();
    }

    @Test
    public void elsewhereThereIsNoSuchService() throws Exception {
        start(Map.of("org.osgi.framework.processor", "sparcv9"));
        assertThat(offers()).isEmpty();
        assertThat(framework.getBundleContext().getBundles())
                .as("nor is it a fault")
                .filteredOn(bundle -> "org.latchkey.crypto".equals(bundle.getSymbolicName()))
                .allMatch(bundle -> bundle.getState() == Bundle.ACTIVE);
    }
}
