package org.latchkey.kernel.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latchkey.kernel.jar.Bundles.bundle;
import static org.latchkey.kernel.jar.Bundles.changed;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

public class TrustTest {

    @ClassRule
    public static final TemporaryFolder keyFolder = new TemporaryFolder();

    private static Keys keys;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final Map<String, Object> settings = new LinkedHashMap<>();
    private Trust trust;

    @BeforeClass
    public static void makeKeys() throws Exception {
        keys = new Keys(keyFolder.getRoot().toPath()).add("alice").add("mallory");
    }

    @Before
    public void start() throws IOException {
        Files.createDirectories(etc());
        trust = new Trust(configurations(), etc(), folder.getRoot().toPath().resolve("data"));
    }

    @Test
    public void withoutAPolicyEveryJarPasses() throws Exception {
        accepted(bundle("1.0"));
        accepted(keys.signed(bundle("1.0"), "mallory"));
    }

    @Test
    public void p03_unsignedIsRefused() throws Exception {
        policySigned("alice");
        refused(bundle("1.0"), "It is not signed");
    }

    @Test
    public void p05_whatWasModifiedAfterSigningIsRefusedUnderEveryPolicy() throws Exception {
        byte[] modified = changed(keys.signed(bundle("1.0"), "alice"), "org/a/A.class", "evil");
        for (String policy : List.of("any", "pinned", "signed")) {
            policySigned("alice");
            settings.put("policy", policy);
            refused(modified, "It was modified after signing");
        }
    }

    @Test
    public void p06_pinnedByNameAndHash() throws Exception {
        byte[] pinned = bundle("1.0");
        settings.put("policy", "pinned");
        settings.put("pins", new String[] {"org.a=" + Sha256.of(pinned)});
        accepted(pinned);
        refused(bundle("1.1"), "another jar than the one pinned for org.a");
    }

    @Test
    public void p07_aDowngradeIsRefusedUnlessItIsAllowed() throws Exception {
        policySigned("alice");
        byte[] older = keys.signed(bundle("1.0"), "alice");
        trust.served(read(bundle("2.0")));
        refused(older, "org.a 2.0.0 has served");
        settings.put("allowDowngrade", true);
        accepted(older);
        settings.put("allowDowngrade", false);
        trust.rolledBackTo(read(older));
        accepted(older);
    }

    @Test
    public void settingsThatMakeNoSenseRefuseEveryJar() throws Exception {
        senseless(Map.of("policy", "sgined"), "policy");
        senseless(Map.of("policy", ""), "policy");
        senseless(Map.of("policy", 1), "policy");
        senseless(Map.of("polcy", "signed"), "polcy");
        senseless(Map.of("policy", "pinned", "pins", new String[] {"x"}), "pins");
        senseless(Map.of("policy", "pinned", "pins", true), "pins");
        senseless(Map.of("policy", "signed"), "trustStore");
        senseless(Map.of("policy", "signed", "trustStore", "nowhere.p12"), "trustStore");
        Path store = keys.trustStore("alice");
        senseless(Map.of("policy", "signed", "trustStore", store.toString()), "trustStore");
        senseless(
                Map.of(
                        "policy",
                        "signed",
                        "trustStore",
                        keys.trustStore().toString(),
                        "trustStorePassword",
                        Keys.PASSWORD),
                "has no certificate");
        senseless(
                Map.of(
                        "policy",
                        "signed",
                        "trustStore",
                        store.toString(),
                        "trustStorePassword",
                        Keys.PASSWORD,
                        "revoked",
                        "x"),
                "revoked");
        senseless(
                Map.of(
                        "policy",
                        "signed",
                        "trustStore",
                        store.toString(),
                        "trustStorePassword",
                        Keys.PASSWORD,
                        "allowDowngrade",
                        "yes"),
                "allowDowngrade");
    }

    @Test
    public void aConfigurationFileThatCouldNotBeReadRefusesEveryJar() throws Exception {
        Files.writeString(etc().resolve("latchkey.trust.config"), "policy=\"signed");
        refused(bundle("1.0"), "latchkey.trust.config is there but could not be read");
    }

    @Test
    public void theTrustStoreIsReadAtEachCheckAndMayLieInEtc() throws Exception {
        policySigned("mallory");
        byte[] signed = keys.signed(bundle("1.0"), "alice");
        Path store = etc().resolve("signers.p12");
        settings.put("trustStore", "signers.p12");
        Files.copy(keys.trustStore("mallory"), store);
        refused(signed, "CN=alice is not known");
        Files.delete(store);
        Files.copy(keys.trustStore("alice"), store);
        accepted(signed);
    }

    private void senseless(Map<String, Object> changed, String named) throws Exception {
        settings.clear();
        settings.putAll(changed);
        refused(keys.signed(bundle("1.0"), "alice"), "No jar is accepted: the setting ");
        refused(keys.signed(bundle("1.0"), "alice"), named);
    }

    private void policySigned(String... trusted) throws Exception {
        settings.clear();
        settings.put("policy", "signed");
        settings.put("trustStore", keys.trustStore(trusted).toString());
        settings.put("trustStorePassword", Keys.PASSWORD);
        settings.put("felix.fileinstall.filename", "file:/etc");
    }

    private void accepted(byte[] jar) throws IOException, Rejection {
        trust.refuse(read(jar));
    }

    private void refused(byte[] content, String reason) throws IOException, Rejection {
        Jar jar = read(content);
        assertThatThrownBy(() -> trust.refuse(jar))
                .isInstanceOf(Rejection.class)
                .hasMessageContaining(reason);
    }

    private Jar read(byte[] content) throws IOException, Rejection {
        return JarReader.read(Files.write(folder.getRoot().toPath().resolve("test.jar"), content));
    }

    private Path etc() {
        return folder.getRoot().toPath().resolve("etc");
    }

    private ConfigurationAdmin configurations() {
        Configuration configuration = answering(Configuration.class, "getProperties", () -> {
            Dictionary<String, Object> properties = new Hashtable<>(settings);
            properties.put("service.pid", "latchkey.trust");
            return properties;
        });
        return answering(
                ConfigurationAdmin.class,
                "listConfigurations",
                () -> settings.isEmpty() ? null : new Configuration[] {configuration});
    }

    /** A service of which one method is called. */
    private static <T> T answering(Class<T> type, String method, Supplier<Object> answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, called, with) -> {
            assertThat(called.getName()).isEqualTo(method);
            return answer.get();
        }));
    }
}
