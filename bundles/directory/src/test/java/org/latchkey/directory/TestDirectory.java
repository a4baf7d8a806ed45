package org.latchkey.directory;

import java.lang.reflect.Proxy;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.latchkey.api.Caller;
import org.latchkey.api.Capability;
import org.latchkey.api.Entity;
import org.latchkey.api.Secret;
import org.latchkey.api.extension.Attempt;
import org.latchkey.api.extension.DirectoryHook;
import org.latchkey.api.extension.Verdict;
import org.latchkey.api.store.Store;
import org.latchkey.testkit.LocalExtensionPoints;
import org.latchkey.testkit.MemoryAudit;
import org.latchkey.testkit.MemoryOutbox;
import org.latchkey.testkit.MemoryStore;
import org.osgi.framework.BundleContext;

/** The whole directory without a framework: real parts on a store in memory, with a cheap hash. */
final class TestDirectory {

    static final String ROOT_SECRET = "correct horse battery staple";
    static final Caller ROOT = new Caller("root", EnumSet.allOf(Capability.class), "r1", "127.0.0.1", false);

    final Store store;
    final LocalExtensionPoints points = new LocalExtensionPoints();
    final MemoryAudit audit = new MemoryAudit();
    final MemoryOutbox outbox = new MemoryOutbox();
    final StoredDirectory directory;
    final HookedDirectoryWriter writer;
    final SignIn signIn;

    TestDirectory() throws Exception {
        this(new MemoryStore());
    }

    TestDirectory(Store store) throws Exception {
        this(store, 8);
    }

    TestDirectory(Store store, int memoryKib) throws Exception {
        this.store = store;
        GroupGraphs graphs = new GroupGraphs(store);
        this.directory = new StoredDirectory(store, graphs);
        SecretHasher hasher = new SecretHasher(config(SecretHasher.Config.class, Map.of("memoryKib", memoryKib)));
        Transactions transactions = new Transactions(store, points, audit, outbox);
        RootGuard guard = new RootGuard(config(RootGuard.Config.class, Map.of()));
        FirstRoot root = new FirstRoot(
                context(Map.of(
                        "latchkey.root.secret", ROOT_SECRET, "latchkey.data", System.getProperty("java.io.tmpdir"))),
                store,
                hasher);
        this.signIn = new SignIn(store, directory, hasher, transactions, guard);
        this.writer = new HookedDirectoryWriter(
                store,
                graphs,
                hasher,
                transactions,
                signIn,
                root,
                points,
                config(HookedDirectoryWriter.Config.class, Map.of()));
    }

    void hook(DirectoryHook hook, String... grants) {
        points.add(DirectoryHook.class, hook, grants);
    }

    Entity create(String id, String secret) {
        try (Secret plaintext = secret(secret)) {
            return writer.createEntity(ROOT, Entity.named(id), Optional.of(plaintext));
        }
    }

    Verdict signIn(String id, String secret) {
        return signIn(id, secret, "127.0.0.1");
    }

    Verdict signIn(String id, String secret, String address) {
        try (Secret plaintext = secret(secret)) {
            Caller caller = new Caller("anonymous", Set.of(), "r2", address, false);
            return signIn.judge(new Attempt(id, Optional.of(plaintext), caller));
        }
    }

    static Secret secret(String plaintext) {
        return Secret.of(plaintext.toCharArray());
    }

    /** The defaults of a configuration, with some set otherwise. */
    static <C> C config(Class<C> type, Map<String, Object> set) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, args) -> set.getOrDefault(method.getName(), method.getDefaultValue())));
    }

    static BundleContext context(Map<String, String> properties) {
        return (BundleContext) Proxy.newProxyInstance(
                TestDirectory.class.getClassLoader(), new Class<?>[] {BundleContext.class}, (proxy, method, args) -> {
                    if (method.getName().equals("getProperty")) {
                        return properties.get(args[0]);
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
